// What “Đi thôn” asks of the server. Every answer is one of: what the server said, signed-out, offline, failed.
(() => {
  const bar = document.querySelector("[data-trip-bar]");
  if (!bar) return;
  const token = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1] || "";

  const ask = async (url, options) => {
    let answer;
    try {
      answer = await fetch(url, { credentials: "same-origin", redirect: "manual", cache: "no-store", ...options });
    } catch {
      return { failure: "offline" };
    }
    if (answer.type === "opaqueredirect") return { failure: "signed-out" };
    if (answer.status === 404) return { failure: "gone" };
    const isTold = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    if (!isTold || (!answer.ok && answer.status !== 409)) return { failure: "failed" };
    try {
      return { said: await answer.json(), ok: answer.ok };
    } catch {
      return { failure: "offline" }; // cut off in the middle of the answer
    }
  };
  const post = (name, fields) => {
    const headers = { "X-CSRFToken": token(), Accept: "application/json" };
    return ask(bar.dataset[name], { method: "POST", headers, body: new URLSearchParams(fields) });
  };

  // Whether what is read may stay on this device, as far as the server can be asked: also without a sign-in.
  const isTakenOff = async (device) => {
    const { said } = await ask(bar.dataset.state.replace(/0{8}-[-0]+/, device), {});
    return Boolean(said) && !said.kept;
  };

  window.TripServer = { post, isTakenOff, worker: bar.dataset.worker };
})();
