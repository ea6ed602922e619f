// Says on the page when a passkey or key could not be used; the library only tells the console.
document.addEventListener("allauth.error", (event) => {
  const trouble = document.getElementById("key-trouble");
  if (!trouble) return;
  event.preventDefault();
  trouble.hidden = false;
});
