// Start the program whose files this script's own address names, which takes the first-paint
// shell away. A file and not an inline script, because the content security policy allows only files.
const file = (name) => new URL(new URL(import.meta.url).searchParams.get(name), import.meta.url);

try {
  const { default: start } = await import(file("js"));
  await start({ module_or_path: file("wasm") });
} catch (error) {
  document.getElementById("boot-failed")?.removeAttribute("hidden");
  document.querySelector("#shell .late")?.remove();
  throw error;
}
