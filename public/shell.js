// Before first paint: where a link or a kept scenario will show another answer than the shell's, set that one aside.
// A classic script, so that it also runs where the page is opened from a folder.
{
  let kept = false;
  try {
    const entries = `tunewise:${location.pathname.replace(/[^/]*$/, "")}:entry:`;
    const isKept = (name) => name.startsWith(entries) || name === "tunewise.scenario";
    kept = Object.keys(localStorage).some(isKept);
  } catch {
    // Storage is blocked: then nothing is kept.
  }
  if (location.hash.startsWith("#s=") || kept) document.documentElement.classList.add("awaits-scenario");
}
