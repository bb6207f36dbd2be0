// What the page asks of eyes and ears: contrast as it is drawn, room at great zoom, no motion where none is wanted, and
// the order in which a screen reader tells it.
import assert from "node:assert/strict";
import { browserTest } from "./harness.mjs";
import { changedShapes, charts, ready, searched, shapes, showAllInputs, unfold } from "./page.mjs";

/** The least contrast of text, of large text and of what is drawn. */
const LEAST = { text: 4.5, large: 3, drawn: 3 };

/** Everything opened that a reader can open. */
async function openAll(page) {
  await ready(page);
  for (const name of charts) await shapes(page, name);
  await showAllInputs(page);
  await unfold(page);
  await page.locator('tr[data-strategy="lora"] button').first().click();
  await page.locator("#detail-lora .costs").waitFor();
  await unfold(page);
  await page.locator("#detail-lora .figures").waitFor();
  await searched(page);
}

/** What the measurements share, as a text that the page runs: colours by the canvas, which knows every notation. */
const tools = `
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const seen = new Map();
  const colour = (text) => {
    if (!seen.has(text)) {
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = text;
      context.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
      seen.set(text, [red, green, blue, alpha / 255]);
    }
    return seen.get(text);
  };
  const over = (top, under) => [0, 1, 2].map((part) => top[part] * top[3] + under[part] * (1 - top[3])).concat(1);
  const luminance = (of) => {
    const [red, green, blue] = of.slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ratio = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const lineage = (one) => (one ? [one, ...lineage(one.parentElement)] : []);
  /** What lies behind an element, its own ground included. */
  const ground = (one) => lineage(one).reverse()
    .reduce((under, each) => over(colour(getComputedStyle(each).backgroundColor), under), colour("Canvas"));
  const isShown = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
`;

/** Every pair of colours that text stands in, with its contrast, the least that it needs, and an example. */
const textPairs = (page) =>
  page.evaluate(`(() => {
    ${tools}
    const pairs = new Map();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent.trim();
      const one = walker.currentNode.parentElement;
      if (!text || one.closest("script, style, noscript, .unseen, option:not(:checked)") || !isShown(one)) continue;
      const style = getComputedStyle(one);
      const ink = one.closest("svg") ? style.fill : style.color;
      const opacity = lineage(one).reduce((all, each) => all * Number(getComputedStyle(each).opacity), 1);
      const under = ground(one);
      const [red, green, blue, alpha] = colour(ink);
      const drawn = over([red, green, blue, alpha * opacity], under);
      const size = parseFloat(style.fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      const key = [drawn, under, isLarge].join(" ");
      if (!pairs.has(key)) pairs.set(key, { contrast: ratio(drawn, under), isLarge, example: text.slice(0, 60), where: one.className?.baseVal ?? one.className });
    }
    return [...pairs.values()];
  })()`);

/** The contrast of the colours that the page has names for, on the grounds that they stand on. */
const drawnPairs = (page) =>
  page.evaluate(`(() => {
    ${tools}
    const probe = document.body.appendChild(document.createElement("i"));
    const named = (name) => {
      probe.style.color = "var(--" + name + ")";
      return colour(getComputedStyle(probe).color);
    };
    const pairs = [];
    const pair = (kind, ground) => (top) => pairs.push({ name: top + " on " + ground, kind, contrast: ratio(named(top), named(ground)) });
    for (const ground of ["paper", "band"]) {
      ["ink", "soft", "verdict", "rival"].forEach(pair("text", ground));
      pair("drawn", ground)("mark");
    }
    // Bars of money stand on paper only.
    ["tokens", "machines", "build", "run", "evaluate"].forEach(pair("drawn", "paper"));
    probe.remove();
    return pairs;
  })()`);

/** The colours in which the marks of the page are drawn, with their contrast to what lies behind them. */
const marks = (page) =>
  page.evaluate(`(() => {
    ${tools}
    const told = [];
    const tell = (what, one, ink) => told.push({ what, ink, contrast: ratio(over(colour(ink), ground(one)), ground(one)) });
    for (const one of document.querySelectorAll(".dots .dot")) if (isShown(one)) {
      const style = getComputedStyle(one);
      tell("a dot of " + one.closest("button").dataset.dot, one.parentElement, parseFloat(style.borderTopWidth) > 0 ? style.borderTopColor : style.backgroundColor);
    }
    for (const one of document.querySelectorAll(".dots .whisker")) if (isShown(one)) {
      const style = getComputedStyle(one);
      tell("a whisker", one.parentElement, parseFloat(style.borderTopWidth) > 0 ? style.borderTopColor : style.backgroundColor);
    }
    for (const one of document.querySelectorAll("input.entry, select")) if (isShown(one)) {
      const line = [one, one.parentElement].map((each) => getComputedStyle(each)).find((style) => parseFloat(style.borderBottomWidth) > 0);
      if (line) tell("the line under " + one.id, one.parentElement, line.borderBottomColor);
    }
    return told;
  })()`);

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 360]) {
    browserTest(
      `text and marks stand out from what lies behind them, ${colorScheme}, ${width} pixels wide`,
      { colorScheme, viewport: { width, height: 800 }, reducedMotion: "reduce" },
      async ({ page, assertClean }) => {
        await openAll(page);
        const texts = await textPairs(page);
        assert.ok(texts.length > 5, `${texts.length} pairs of text and ground`);
        const faint = texts.filter((pair) => pair.contrast < (pair.isLarge ? LEAST.large : LEAST.text));
        assert.deepEqual(faint, []);
        const named = await drawnPairs(page);
        assert.deepEqual(named.filter((pair) => pair.contrast < LEAST[pair.kind]), []);
        const drawn = await marks(page);
        assert.ok(drawn.length > 20, `${drawn.length} marks`);
        assert.deepEqual(drawn.filter((mark) => mark.contrast < LEAST.drawn), []);
        if (process.env.TELL) {
          const least = (pairs) => Math.min(...pairs.map((pair) => pair.contrast)).toFixed(2);
          console.log(`${colorScheme} ${width}: text ${least(texts.filter((pair) => !pair.isLarge))}, drawn by name ${least(named.filter((pair) => pair.kind === "drawn"))}, marks ${least(drawn)}`);
        }
        await assertClean();
      },
    );
  }
}

/** What is cut off, or stands outside the page to the side; nothing where all can be read. */
const cut = (page) =>
  page.evaluate(() => {
    const told = [];
    const width = document.documentElement.clientWidth;
    const walker = document.createTreeWalker(document.querySelector("body"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const one = walker.currentNode.parentElement;
      const text = walker.currentNode.textContent.trim();
      if (!text || one.closest(".unseen, script, style, option, .skip, .value:has(:placeholder-shown) .unit") || !one.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(walker.currentNode);
      const { left, right, width: wide } = range.getBoundingClientRect();
      if (wide < 1) continue;
      // A wide table is moved sideways within its own frame, which does not cut it.
      if (one.closest(".table-frame")) continue;
      if ((left < -0.5 || right > width + 0.5)) told.push(`outside the page: ${text.slice(0, 60)}`);
      for (let box = one; box && box !== document.body; box = box.parentElement) {
        const style = getComputedStyle(box);
        const bounds = box.getBoundingClientRect();
        if (style.overflowX === "visible" || bounds.width < 2) continue;
        if (right > bounds.right + 1 || left < bounds.left - 1) told.push(`cut by ${box.localName}.${box.className}: ${text.slice(0, 60)}`);
        break;
      }
    }
    return [...new Set(told)];
  });

const views = {
  "320 pixels wide": { viewport: { width: 320, height: 640 } },
  "a window of 1280 at 200 % zoom": { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
};

for (const [name, view] of Object.entries(views)) {
  browserTest(`nothing moves sideways and nothing is cut, ${name}`, view, async ({ page, assertClean }) => {
    await page.locator('[data-testid="headline"]').waitFor();
    await searched(page);
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(await wide(), 0, "folded");
    assert.deepEqual(await cut(page), [], "folded");
    await openAll(page);
    assert.equal(await wide(), 0, "unfolded");
    assert.deepEqual(await cut(page), [], "unfolded");
    await page.evaluate(() => scrollTo(50, 0));
    assert.equal(await page.evaluate(() => scrollX), 0);
    await assertClean();
  });
}

browserTest("nothing moves by itself where no motion is wanted", { reducedMotion: "reduce" }, async ({ page, assertClean }) => {
  // Whatever begins to move from here on is written down.
  await page.evaluate(() => {
    window.moved = [];
    for (const kind of ["animationstart", "transitionrun"]) {
      document.addEventListener(kind, (event) => window.moved.push(`${kind} ${event.target.className}`), true);
    }
  });
  await openAll(page);
  const drawnBefore = await shapes(page, "volume");
  await page.locator("#preset").selectOption("consumer-chat");
  await searched(page);
  await page.locator('nav.contents a[href="#plan"]').click();
  await page.evaluate(() => scrollTo(0, 2_000));
  await page.waitForTimeout(500);
  assert.deepEqual(await page.evaluate(() => window.moved), []);
  assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
  const timed = await page.evaluate(() => {
    const isTimed = (style) =>
      [style.transitionDuration, style.animationDuration].some((times) => times.split(",").some((time) => parseFloat(time) > 0)) &&
      (style.transitionProperty !== "none" || style.animationName !== "none");
    const parts = [null, "::before", "::after"];
    return [...document.querySelectorAll("*")]
      .filter((one) => parts.some((part) => isTimed(getComputedStyle(one, part))) || getComputedStyle(one).scrollBehavior === "smooth")
      .map((one) => `${one.localName}.${one.className}`);
  });
  assert.deepEqual(timed, []);
  // A chart is drawn at once, when the reader comes near it: its first drawing of the example is its last.
  await shapes(page, "volume");
  await changedShapes(page, "volume", drawnBefore);
  const drawn = await shapes(page, "volume");
  await page.waitForTimeout(300);
  assert.deepEqual(await shapes(page, "volume"), drawn);
  await assertClean();
});

/** What a screen reader meets, one line for each named thing, in its order: role, name and level. */
async function told(page) {
  const text = await page.locator("body").ariaSnapshot();
  return text.split("\n").map((line) => line.trim().replace(/^- '?/, "").replaceAll("\u00a0", " "));
}

/** The lines that begin with one of these roles. */
const ofRole = (lines, ...roles) => lines.filter((line) => roles.some((role) => line === role || line.startsWith(`${role} `) || line.startsWith(`${role}:`)));

for (const width of [1280, 360]) {
  browserTest(`a screen reader tells the page in its order, ${width} pixels wide`, { viewport: { width, height: 800 } }, async ({ page, assertClean }) => {
    await page.locator('[data-testid="headline"]').waitFor();
    await searched(page);
    await page.locator("#sources").waitFor({ state: "attached" });
    const lines = await told(page);

    // Landmarks: who it is, the answer with its form, the way about, and what it rests on.
    const landmarks = ofRole(lines, "banner", "main", "form", "navigation", "contentinfo", "region").map((line) => line.replace(/:$/, ""));
    const kinds = landmarks.map((line) => line.split(" ")[0]);
    assert.deepEqual(kinds.slice(0, 6), ["banner", "main", "region", "form", "region", "navigation"], landmarks.join("\n"));
    assert.equal(kinds.filter((kind) => kind === "main").length, 1);
    assert.ok(landmarks.includes('form "Your task"') && landmarks.includes('navigation "On this page"'), landmarks.join("\n"));
    for (const line of landmarks.filter((line) => line.startsWith("region"))) assert.match(line, /^region ".+"$/);

    // Headings: one of the first level, the answer; no level is left out.
    const headings = ofRole(lines, "heading");
    const levels = headings.map((line) => Number(line.match(/\[level=(\d)\]/)?.[1]));
    assert.deepEqual(levels.filter((level) => level === 1), [1], headings.join("\n"));
    assert.equal(levels[0], 1);
    levels.slice(1).forEach((level, place) => assert.ok(level - levels[place] <= 1, headings[place + 1]));
    assert.ok(headings[0].includes((await page.locator('[data-testid="headline"]').innerText()).replaceAll("\u00a0", " ")), headings[0]);
    for (const heading of ["Your task", "What would change the answer"]) assert.ok(headings.some((line) => line.includes(`"${heading}"`)), heading);

    // The controls of the first screen: skip links, the name, the example, its steps, the answer's, then the questions.
    const controls = ofRole(lines, "link", "button", "combobox", "radio", "textbox", "slider").map((line) => line.replace(/:.*$/, "").replace(/ \[.*\]$/, ""));
    const first = [
      'link "To the verdict"',
      'link "To the inputs"',
      'link "Tunewise"',
      'combobox "Example"',
      'button "Copy link"',
      ...(width < 700 ? [] : ['button "Print"']),
      'button "Make it yours"',
      'radio "General"',
      'radio "Some jargon"',
      'radio "Own terms"',
      'button "About “How specialised is the language”"',
      'textbox "What data do you have? labels"',
      'slider "Labelled examples you have, slider"',
      'button "About “Labelled examples you have”"',
      'textbox "What quality is needed? right"',
      'slider "Required quality, slider"',
      'button "About “Required quality”"',
      'textbox "How many requests? a month"',
      'slider "Requests, slider"',
      'button "About “Requests”"',
    ];
    assert.deepEqual(controls.slice(0, first.length), first);

    // The groups of the form say their value, then the picture says its rows in the order in which they are seen.
    const groups = ofRole(lines, "group").map((line) => line.replace(/^group: /, ""));
    for (const group of ["The work", "Quality, evidence", "Data", "Constraints", "Team", "Economics", "Models, hardware"]) {
      assert.ok(groups.some((line) => line.startsWith(`${group} `)), group);
    }
    const named = await page.locator("button[data-dot]").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label").replaceAll("\u00a0", " ")));
    assert.equal(named.length, 12);
    const places = named.map((name) => lines.findIndex((line) => line.startsWith(`button "${name}"`)));
    assert.ok(places.every((place, index) => place > (places[index - 1] ?? 0)), places.join(" "));
    // Whatever can be used has a name.
    const nameless = ofRole(lines, "button", "link", "textbox", "combobox", "slider", "checkbox", "radio").filter((line) => !/^\w+ ["']/.test(line));
    assert.deepEqual(nameless, []);
    await assertClean();
  });
}
