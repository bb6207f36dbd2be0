// A person at the page: with the keyboard alone, or with a thumb. What they do is counted as steps.
import assert from "node:assert/strict";

// A person who has gone this far without arriving has given up.
const PATIENCE = 250;

/** The smallest side of what a thumb meets, in pixels; a link within a sentence is as high as its line. */
const THUMB = 24;

/** Where `target` is, seen from what has the focus: "here", or the key that leads towards it. */
const towards = (target) =>
  target.evaluate((target) => {
    const here = document.activeElement;
    if (here === target) return "here";
    const isAfter = Boolean(here.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING);
    const inOnePicture = here.matches("[data-dot]") && target.matches("[data-dot]");
    const inOneChoice = here.type === "radio" && target.type === "radio" && here.name === target.name;
    if (inOnePicture || inOneChoice) return isAfter ? "ArrowDown" : "ArrowUp";
    return isAfter || here === document.body ? "Tab" : "Shift+Tab";
  });

/** Whether some of `target` is on the screen, below the masthead. */
const isSeen = (target) =>
  target.evaluate((target) => {
    const { top, bottom } = target.getClientRects()[0];
    const masthead = document.querySelector(".masthead");
    const edge = masthead.contains(target) ? 0 : masthead.getBoundingClientRect().bottom;
    return top >= edge - 1 && bottom <= innerHeight + 1;
  });

/** Hands that never leave the keyboard. */
export function keyboard(page) {
  let strokes = 0;
  const stroke = async (key) => {
    strokes += 1;
    await page.keyboard.press(key);
  };
  const reach = async (target) => {
    await target.waitFor({ state: "attached" });
    for (let pressed = 0; pressed < PATIENCE; pressed += 1) {
      const way = await towards(target);
      if (way === "here") {
        assert.ok(await isSeen(target), "what has the focus is seen");
        return;
      }
      await stroke(way);
    }
    assert.fail(`no way by keyboard to ${target}`);
  };
  return {
    look: reach,
    press: async (target) => {
      await reach(target);
      await stroke("Enter");
    },
    mark: async (target) => {
      await reach(target);
      await stroke("Space");
    },
    fill: async (target, text) => {
      await reach(target);
      await stroke("Control+A");
      await page.keyboard.type(text);
      await stroke("Enter");
    },
    pick: async (target, words) => {
      await reach(target);
      await page.keyboard.type(words);
    },
    strokes: () => strokes,
  };
}

/** A thumb on glass; the page is moved under it as far as is wanted. */
export function thumb(page) {
  const tap = async (target) => {
    await target.waitFor();
    const { width, height, isInline } = await target.evaluate((target) => {
      const of = target.matches("[type=checkbox], [type=radio]") ? target.closest("label") ?? target : target;
      const { width, height } = of.getBoundingClientRect();
      return { width, height, isInline: target.localName === "a" && getComputedStyle(target).display === "inline" };
    });
    assert.ok(isInline || Math.min(width, height) >= THUMB, `${target}: ${width} × ${height}`);
    await target.tap();
  };
  return {
    look: async (target) => {
      await target.waitFor();
      await target.scrollIntoViewIfNeeded();
      assert.ok(await isSeen(target), "what was scrolled to is seen");
    },
    press: tap,
    mark: tap,
    fill: async (target, text) => {
      await tap(target);
      await target.fill(text);
      await page.keyboard.press("Enter");
    },
    pick: async (target, words) => {
      await tap(target);
      // An option says its price behind its name.
      const options = await target.locator("option").allTextContents();
      await target.selectOption({ label: options.find((one) => one === words || one.startsWith(`${words} `)) });
    },
    strokes: () => 0,
  };
}

/**
 * A person with such hands: opening, marking, filling and picking are a step each, told in words; looking, moving the
 * page and going from one stop to the next are none.
 */
export function person(hands) {
  const steps = [];
  const step = (act) => async (words, ...rest) => {
    steps.push(words);
    await act(...rest);
  };
  return {
    open: step(hands.press),
    mark: step(hands.mark),
    fill: step(hands.fill),
    pick: step(hands.pick),
    look: hands.look,
    steps,
    strokes: hands.strokes,
  };
}
