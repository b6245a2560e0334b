// Shows what the site has sent while no page was open, and opens the page that it is about.
self.addEventListener("push", (event) => {
  const told = event.data?.json() ?? {};
  event.waitUntil(self.registration.showNotification(told.title ?? "", {
    body: told.body, tag: told.tag, renotify: Boolean(told.tag), data: { url: told.url }, icon: "{% static 'images/apple-touch-icon.png' %}",
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data?.url ?? "/notifications/", self.location.origin);
  if (url.origin !== self.location.origin) return;
  event.waitUntil((async () => {
    const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const page = open.find((client) => client.url.split("#")[0] === url.href.split("#")[0]);
    return page ? page.focus() : self.clients.openWindow(url.href);
  })());
});

self.addEventListener("pushsubscriptionchange", (event) => { // the push service gave this browser another address
  const was = event.oldSubscription?.toJSON();
  if (!was) return;
  event.waitUntil((async () => {
    const fresh = event.newSubscription ?? await self.registration.pushManager.subscribe(event.oldSubscription.options);
    const { endpoint, keys } = fresh.toJSON();
    const fields = { was: was.endpoint, was_auth: was.keys.auth, endpoint, ...keys };
    await fetch("{% url 'community:device-renew' %}", { method: "POST", body: new URLSearchParams(fields) });
  })());
});
