// How the line is, from what the browser counts: lost packets, jitter, the way there and back, and our own silence.
const POOR = { lost: 0.08, jitter: 0.08, trip: 0.6 }, FAIR = { lost: 0.02, jitter: 0.03, trip: 0.3 }
const SILENT_FOR = 8

export class Listening {
  constructor(pc) {
    this.pc = pc
    this.before = {}
    this.quiet = 0
  }

  async look() {
    const now = {}
    for (const report of (await this.pc.getStats()).values()) {
      if (report.type === "inbound-rtp" && report.kind === "audio") Object.assign(now, { got: report.packetsReceived, lost: report.packetsLost, jitter: report.jitter })
      if (report.type === "candidate-pair" && report.nominated) now.trip = report.currentRoundTripTime
      if (report.type === "media-source" && report.kind === "audio") now.energy = report.totalAudioEnergy
    }
    const { before } = this
    this.before = now
    if (before.got === undefined) return {}
    this.quiet = now.energy > before.energy ? 0 : this.quiet + 1
    const lost = Math.max(0, now.lost - before.lost), share = lost / Math.max(1, lost + now.got - before.got)
    const line = { lost: now.got === before.got ? 1 : share, jitter: now.jitter, trip: now.trip ?? 0 }
    const isBeyond = (limits) => Object.keys(limits).some((name) => line[name] > limits[name])
    return { quality: isBeyond(POOR) ? "poor" : isBeyond(FAIR) ? "fair" : "good", isSilent: this.quiet >= SILENT_FOR }
  }
}
