//! What only a browser can show, run by wasm-bindgen's test runner in headless Chromium, and the
//! proof that native code and WebAssembly compute the same bits.
//!
//! The expected bits stand in `expected-bits.txt`. The native build checks that they are those of
//! the engine as it is, and writes them anew with `TUNEWISE_BLESS=1 cargo test --test web`; the
//! browser then has to reach the same.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise, in its helpers too")]

use tunewise::domain::answer::{Answer, answer};
use tunewise::domain::cost::Line;
use tunewise::domain::scenario::Scenario;
use tunewise::domain::scenario::presets::PRESETS;
use tunewise::domain::strategy::StrategyId;

/// One line for each preset and the default: what is used now, its rival, the bits of every total
/// cost, and a hash of all other numbers. Words are left out: they may be mended without a new version.
fn bits_of_all_presets() -> String {
    let presets = PRESETS.iter().map(|preset| (preset.id, preset.scenario()));
    [("default", Scenario::default())]
        .into_iter()
        .chain(presets)
        .map(|(id, scenario)| {
            let evaluation = answer(&scenario.case().unwrap());
            let key = |id: Option<StrategyId>| id.map_or("-", StrategyId::key);
            let costs: Vec<String> = evaluation
                .decided
                .assessments
                .iter()
                .map(|one| one.tco().map_or_else(|| "-".to_owned(), |tco| format!("{:016x}", tco.to_bits())))
                .collect();
            let (now, rival) = (key(evaluation.decided.choice.use_now), key(evaluation.decided.choice.rival));
            format!("{id} {now} {rival} {} {:016x}\n", costs.join(" "), hash(&numbers(&evaluation)))
        })
        .collect()
}

/// All numbers of an evaluation, in a fixed order.
fn numbers(evaluation: &Answer) -> Vec<f64> {
    let mut numbers = vec![evaluation.decided.discounted_requests];
    for one in &evaluation.decided.assessments {
        numbers.extend([one.lead_weeks, one.hours_per_month]);
        numbers.extend(one.break_even.iter().flat_map(|known| known.crossings.iter().map(|at| at.volume)));
        if let Some(hardware) = &one.hardware {
            numbers.extend([hardware.tokens_per_second.1, hardware.utilisation, hardware.peak_replicas.1]);
            let ((low, _, high), (least, _, most)) = (hardware.peak_gpus, hardware.peak_gpus_at_horizon);
            numbers.extend([low, high, least, most]);
        }
        if let Ok(cost) = &one.cost {
            numbers.extend([cost.tco_band.0, cost.tco_band.1, cost.per_request, cost.marginal_per_request]);
            numbers.extend([cost.upfront, cost.undiscounted, cost.monthly_now, cost.monthly_at_horizon]);
            numbers.extend(&cost.ledger.discount);
            numbers.extend(cost.ledger.months.iter().flat_map(|month| Line::ALL.map(|line| month.get(line))));
        }
    }
    numbers
}

/// FNV-1a, 64 bits: the same everywhere, which the hashers of the standard library do not promise.
fn hash(numbers: &[f64]) -> u64 {
    let bytes = numbers.iter().flat_map(|number| number.to_bits().to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn the_expected_bits_are_those_of_the_engine() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/expected-bits.txt");
    if std::env::var_os("TUNEWISE_BLESS").is_some() {
        std::fs::write(path, bits_of_all_presets()).unwrap();
    }
    let expected = std::fs::read_to_string(path).unwrap();
    let actual = bits_of_all_presets();
    let first = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
    let changed: Vec<String> = actual
        .lines()
        .zip(expected.lines())
        .filter(|(now, before)| now != before)
        .map(|(now, _)| first(now))
        .collect();
    assert!(
        actual == expected,
        "the numbers of {} changed. Was that meant, and has the version of method, catalogue or registry \
         been raised if one was released? Then: TUNEWISE_BLESS=1 cargo test --test web",
        changed.join(", ")
    );
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use std::cell::Cell;
    use std::rc::Rc;

    use js_sys::{JSON, Promise, eval};
    use tunewise::browser::echarts::{self, ChartHandle, ChartProblem};
    use tunewise::browser::location::{self, Stamp};
    use tunewise::browser::storage::{self, StorageProblem};
    use tunewise::browser::timing::{Debounce, after_paint, next_turn};
    use tunewise::browser::{appearance, clipboard};
    use tunewise::charts::{Style, VolumeCurves, cumulative, volume};
    use tunewise::codec::{Headline, decode, encode, from_json, to_json};
    use tunewise::domain::answer::answer;
    use tunewise::domain::case::Case;
    use tunewise::domain::input::Entry;
    use tunewise::domain::library::{self, EntryId};
    use tunewise::domain::scenario::Scenario;
    use wasm_bindgen_futures::JsFuture;
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_browser);

    fn scenario() -> Scenario {
        let mut scenario = Scenario { name: "Größe ≤ 1 €".to_owned(), ..Scenario::default() };
        scenario.entries.insert("requests_per_month".to_owned(), Entry::Number(123_456.789));
        scenario.entries.insert("growth_per_month".to_owned(), Entry::Number(0.1 + 0.2));
        scenario
    }

    fn headline() -> Headline {
        Headline { strategy: None, verdict: "Keep prompting.".to_owned(), tco_usd: Some(0.1) }
    }

    fn stamp() -> Stamp {
        Stamp { place: 7, entry: EntryId::new("a-1"), preset: "support".to_owned() }
    }

    async fn wait(milliseconds: i32) {
        let promise = Promise::new(&mut |done, _| {
            let window = web_sys::window().unwrap();
            window.set_timeout_with_callback_and_timeout_and_arguments_0(&done, milliseconds).unwrap();
        });
        JsFuture::from(promise).await.unwrap();
    }

    /// Whether the page's heading stands.
    fn has_heading() -> bool {
        let document = web_sys::window().and_then(|window| window.document());
        document.and_then(|document| document.query_selector("h1").ok().flatten()).is_some()
    }

    #[wasm_bindgen_test]
    async fn mounting_puts_a_heading_on_the_page() {
        let body = web_sys::window().unwrap().document().unwrap().body().unwrap();
        // Taken down with its listeners when the test ends, so that the others have the page to themselves.
        let _app = leptos::mount::mount_to(body, tunewise::App);
        // The runner's limit ends a test whose heading never comes.
        while !has_heading() {
            next_turn().await;
        }
    }

    #[wasm_bindgen_test]
    fn the_browser_computes_the_same_bits_as_native_code() {
        assert_eq!(super::bits_of_all_presets(), include_str!("expected-bits.txt"));
    }

    fn id(text: &str) -> EntryId {
        EntryId::new(text).unwrap()
    }

    #[wasm_bindgen_test]
    fn what_is_kept_is_there_again_to_the_last_bit() {
        eval("localStorage.clear()").unwrap();
        assert_eq!(storage::entries(), Ok(Vec::new()));
        let entry = library::Entry::new("Pilot", 1, to_json(&scenario(), &headline()));
        storage::write(&id("a"), &entry.text()).unwrap();
        storage::write(&id("b"), "{broken").unwrap();
        let kept = storage::read(&id("a")).unwrap().unwrap();
        assert_eq!(library::Entry::read(&kept), Ok(entry.clone()));
        assert_eq!(from_json(&entry.scenario).unwrap().scenario, scenario());
        let mut all = storage::entries().unwrap();
        all.sort();
        assert_eq!(all, [(id("a"), kept), (id("b"), "{broken".to_owned())]);
        storage::remove(&id("a")).unwrap();
        assert_eq!(storage::read(&id("a")), Ok(None));
        eval("localStorage.clear()").unwrap();
    }

    #[wasm_bindgen_test]
    fn what_an_earlier_version_kept_is_read_until_it_is_adopted_and_stays() {
        eval("localStorage.clear(); localStorage.setItem('tunewise.scenario', JSON.stringify('{\"a\":{}}'))")
            .unwrap();
        assert_eq!(storage::earlier().as_deref(), Some("{\"a\":{}}"));
        storage::adopted().unwrap();
        assert_eq!(storage::earlier(), None);
        // A cached page of that version writes another: that is adopted too.
        eval("localStorage.setItem('tunewise.scenario', '{broken')").unwrap();
        assert_eq!(storage::earlier().as_deref(), Some("{broken"));
        let raw = storage::forget_earlier().unwrap();
        assert_eq!(storage::earlier(), None);
        storage::restore_earlier(&raw).unwrap();
        assert_eq!(storage::earlier().as_deref(), Some("{broken"));
        eval("localStorage.clear()").unwrap();
    }

    #[wasm_bindgen_test]
    fn a_full_storage_says_so_and_keeps_what_it_had() {
        storage::write(&id("a"), "before").unwrap();
        let too_much = "x".repeat(20_000_000);
        assert_eq!(storage::write(&id("a"), &too_much), Err(StorageProblem::Full));
        assert_eq!(storage::read(&id("a")), Ok(Some("before".to_owned())));
        eval("localStorage.clear()").unwrap();
    }

    #[wasm_bindgen_test]
    fn a_blocked_or_absent_storage_is_an_answer_and_no_exception() {
        let original = "Object.getOwnPropertyDescriptor(Window.prototype, 'localStorage') \
                        || Object.getOwnPropertyDescriptor(window, 'localStorage')";
        eval(&format!("window.originalStorage = {original}")).unwrap();
        let replace = |getter: &str| {
            eval(&format!("Object.defineProperty(window, 'localStorage', {{ configurable: true, get() {{ {getter} }} }})"))
                .unwrap();
        };
        for (getter, problem) in [
            ("throw new DOMException('denied', 'SecurityError')", StorageProblem::Blocked),
            ("return null", StorageProblem::Absent),
        ] {
            replace(getter);
            assert_eq!(storage::entries(), Err(problem));
            assert_eq!(storage::write(&id("a"), "x"), Err(problem));
            assert_eq!(storage::remove(&id("a")), Err(problem));
            assert_eq!((storage::earlier(), storage::adopted()), (None, Err(problem)));
        }
        eval("Object.defineProperty(window, 'localStorage', window.originalStorage)").unwrap();
        assert_eq!(storage::read(&id("a")), Ok(None));
    }

    #[wasm_bindgen_test]
    fn what_another_tab_changes_is_told_and_nothing_of_another_copy_of_the_site() {
        let told = Rc::new(Cell::new(0));
        let count = told.clone();
        storage::on_change(move |changed| {
            assert!(changed.is_none_or(|changed| changed == id("a")));
            count.set(count.get() + 1);
        });
        let path = location::site_path();
        assert!(path.starts_with('/') && path.ends_with('/'), "{path}");
        for key in
            [format!("'tunewise:{path}:entry:a'"), "null".to_owned(), "'tunewise:/other/:entry:a'".to_owned()]
        {
            eval(&format!("window.dispatchEvent(new StorageEvent('storage', {{ key: {key} }}))")).unwrap();
        }
        assert_eq!(told.get(), 2);
    }

    #[wasm_bindgen_test]
    fn the_fragment_carries_a_scenario_and_can_be_emptied() {
        let text = encode(&scenario(), &headline());
        location::replace_scenario_text(Some(&text), &stamp());
        assert_eq!(location::stamp(), Some(stamp()));
        let read = location::scenario_text().unwrap();
        assert_eq!(decode(&read).unwrap().scenario, scenario());
        assert!(location::link(&text).ends_with(&format!("#s={text}")));
        assert_eq!(location::link(&text).matches('#').count(), 1);
        location::replace_scenario_text(None, &stamp());
        assert_eq!(location::scenario_text(), None);
    }

    #[wasm_bindgen_test]
    async fn a_link_opened_in_the_page_is_noticed_and_no_other_change_of_the_address() {
        let seen = Rc::new(Cell::new(0));
        let counter = seen.clone();
        location::on_scenario_text(move |text| {
            assert_eq!(text, "abc");
            counter.set(counter.get() + 1);
        });
        web_sys::window().unwrap().location().set_hash("#s=abc").unwrap();
        wait(50).await;
        assert_eq!(seen.get(), 1);
        web_sys::window().unwrap().location().set_hash("#elsewhere").unwrap();
        wait(50).await;
        assert_eq!(seen.get(), 1);
        location::replace_scenario_text(None, &stamp());
    }

    #[wasm_bindgen_test]
    async fn of_several_things_asked_for_at_once_only_the_last_is_done() {
        let done = Rc::new(Cell::new(0));
        let debounce = Debounce::new(20);
        for number in 1..=3 {
            let done = done.clone();
            debounce.run(move || done.set(done.get() * 10 + number));
        }
        wait(80).await;
        assert_eq!(done.get(), 3);
        let never = done.clone();
        debounce.run(move || never.set(99));
        drop(debounce);
        wait(80).await;
        assert_eq!(done.get(), 3);
    }

    #[wasm_bindgen_test]
    async fn what_may_wait_runs_after_the_picture() {
        let done = Rc::new(Cell::new(false));
        let later = done.clone();
        after_paint(move || later.set(true));
        assert!(!done.get());
        wait(200).await;
        assert!(done.get());
    }

    #[wasm_bindgen_test]
    async fn a_refused_clipboard_is_an_answer_and_no_exception() {
        // Without a click it is refused or granted as the browser likes; it must only come back.
        let _ = clipboard::copy("text").await;
        assert!(appearance::matches("(min-width: 1px)") && !appearance::matches("(max-width: 1px)"));
    }

    #[wasm_bindgen_test]
    async fn a_bundle_that_does_not_arrive_is_an_answer_and_no_exception() {
        let document = web_sys::window().unwrap().document().unwrap();
        let element = document.create_element("div").unwrap();
        assert!(matches!(ChartHandle::new(&element), Err(ChartProblem::NotLoaded)));
        assert_eq!(echarts::load().await, Err(ChartProblem::NotLoaded));
        assert_eq!(echarts::load().await, Err(ChartProblem::NotLoaded));
    }

    #[wasm_bindgen_test]
    fn a_chart_is_freed_with_its_handle() {
        eval(
            "window.calls = []; window.tunewiseCharts = {
                init: (element) => { calls.push('init'); return { element }; },
                set: (handle, json) => {
                    const option = JSON.parse(json);
                    if (option === null) throw new Error('no option');
                    calls.push('set ' + option.animation);
                },
                resize: () => {},
                dispose: () => { calls.push('dispose'); },
            }",
        )
        .unwrap();
        let element = web_sys::window().unwrap().document().unwrap().create_element("div").unwrap();
        let chart = ChartHandle::new(&element).unwrap();
        chart.set(&charming::Chart::new().animation(false)).unwrap();
        assert_eq!(chart.set(&serde_json::Value::Null), Err(ChartProblem::NotDrawn));
        drop(chart);
        assert_eq!(eval("calls.join()").unwrap().as_string().unwrap(), "init,set false,dispose");
        eval("delete window.tunewiseCharts").unwrap();
    }

    #[wasm_bindgen_test]
    fn the_options_of_all_charts_are_json_to_the_browser_too() {
        let case = Case::default();
        let evaluation = answer(&case);
        let style = Style { dark: false, narrow: false };
        let curves = VolumeCurves::compute(&evaluation).unwrap();
        let figures = [volume(&evaluation, &curves).unwrap().figure, cumulative(&evaluation).unwrap()];
        for figure in figures {
            let option = figure.option(style).to_string();
            assert!(JSON::parse(&option).unwrap().is_object());
        }
    }
}
