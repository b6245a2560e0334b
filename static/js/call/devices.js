// Microphones and what the voice is heard on.
const LIKED = { echoCancellation: true, noiseSuppression: true, autoGainControl: true }

export const canCall = () => Boolean(window.RTCPeerConnection && navigator.mediaDevices?.getUserMedia)

export class Microphone {
  static async open(deviceId) {
    const audio = deviceId ? { ...LIKED, deviceId: { exact: deviceId } } : LIKED
    const microphone = new Microphone()
    microphone.hold(await navigator.mediaDevices.getUserMedia({ audio }))
    return microphone
  }

  hold(stream) {
    this.stream = stream
    this.track = stream.getAudioTracks()[0]
    this.track.onended = () => this.choose() // it was unplugged: the next best
  }

  set isOn(value) {
    this.on = value
    this.track.enabled = value
  }

  async choose(deviceId) {
    const other = await Microphone.open(deviceId).catch(() => null)
    if (!other) return
    this.close()
    this.hold(other.stream)
    this.track.enabled = this.on ?? true
    this.onchange?.(this.track)
  }

  async fill(select) {
    const show = () => list(select, "audioinput", this.track.getSettings().deviceId)
    await show()
    select.onchange = () => this.choose(select.value)
    navigator.mediaDevices.addEventListener("devicechange", show)
  }

  close() {
    this.track.onended = null
    this.stream.getTracks().forEach((track) => track.stop())
  }
}

export async function speakersInto(select, audio) {
  select.closest("label").hidden = !audio.setSinkId
  if (!audio.setSinkId) return
  const show = () => list(select, "audiooutput", audio.sinkId || "default")
  await show()
  select.onchange = () => audio.setSinkId(select.value).catch(() => {})
  navigator.mediaDevices.addEventListener("devicechange", show)
}

async function list(select, kind, chosen) {
  const found = (await navigator.mediaDevices.enumerateDevices()).filter((device) => device.kind === kind && device.label)
  select.replaceChildren(...found.map((device) => new Option(device.label, device.deviceId, false, device.deviceId === chosen)))
  select.closest("label").hidden = !found.length
}
