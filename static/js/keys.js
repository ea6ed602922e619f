// Says on the page when a passkey or key could not be used; the library only tells the console.
document.addEventListener("allauth.error", (event) => {
  const trouble = document.getElementById("key-trouble");
  if (!trouble) return;
  event.preventDefault();
  trouble.hidden = false;
});

// Enter in the name of a new key does what the button does: without a key there is nothing to send.
document.getElementById("mfa_webauthn_add")?.form.addEventListener("submit", (event) => {
  event.preventDefault();
  document.getElementById("mfa_webauthn_add").click();
});
