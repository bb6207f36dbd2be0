//! Evaluate a scenario without a browser: JSON in, the whole result as JSON out.
fn main() {
    let id = std::env::args().nth(1).unwrap_or_default();
    let inputs = if id == "default" { Default::default() } else { tunewise::domain::presets::PRESETS.iter().find(|p| p.id == id).unwrap().scenario().inputs().unwrap() };
    let t = std::time::Instant::now();
    let e = tunewise::domain::evaluate(&inputs);
    let first = t.elapsed();
    let t = std::time::Instant::now();
    for _ in 0..20 { std::hint::black_box(tunewise::domain::evaluate(std::hint::black_box(&inputs))); }
    println!("first {first:?} then {:?}", t.elapsed() / 20);
    println!("{}\n{}", e.advice.headline, e.advice.lede.iter().map(|s| s.text.as_str()).collect::<String>());
    println!("{:?} {:?}", e.advice.confidence, e.advice.confidence_reasons);
    for p in &e.advice.pilots { println!("  pilot {} C {:.0} S {:?} p {:?}", p.name, p.cost, p.saving, p.break_even_chance); }
    for s in &e.strategies {
        let be: Vec<String> = s.break_even.as_ref().map_or(vec![], |b| b.crossings.iter().map(|c| format!("{:.0}{}", c.volume, if c.cheaper_above {"+"} else {"-"})).collect());
        let alt = s.break_even.as_ref().is_some_and(|b| b.alternates.is_some());
        println!("{:12} {:8} {:>10} {:>10?} q={} be={be:?}{} hw={} | {}", s.id.key(), if s.survives() {""} else {"out"}, s.cost.as_ref().map_or("?".into(), |c| format!("{:.0}", c.tco)), s.cost.as_ref().map_or(None, |c| c.payback_month), s.quality.label(), if alt {"~"} else {""}, s.hardware.as_ref().map_or(String::new(), |h| format!("{}x{} {} r{:.0}-{:.0}", h.gpus_per_replica, h.gpu, h.precision, h.peak_replicas.0, h.peak_replicas.1)), s.why_not);
    }
    for s in &e.advice.trace { println!("{}: {}", s.stage, s.text); }
    for s in &e.advice.plan { println!("{}: {}", s.when, s.text); }
}
