//! The sheet of one strategy: its ledger by month and by year, and how its amounts came about.

use super::cell::{Cell, Look, Sheet, discount_place, place};
use crate::domain::answer::{Assessment, Cost};
use crate::domain::cost::{Ledger, Line, Lines};
use crate::domain::record::Basis;
use crate::domain::units::YearMonth;

/// The months of a year.
const YEAR: i32 = 12;
/// Unit of every amount.
const UNIT: &str = "US dollars";
/// Where the sum of a row stands.
const SUM: usize = 2;
/// Where the present value of a row stands.
const PRESENT: usize = 3;
/// Where the amounts before launch stand; the months follow.
const LAUNCH: usize = 4;
/// Where the rates stand.
const YEARLY: usize = 2;
const MONTHLY: usize = 3;
/// Where the heads of the months stand.
const HEAD: usize = 5;

/// The sheet of one strategy, and where its sums stand in it.
pub struct Costs<'a> {
    /// The sheet.
    pub sheet: Sheet,
    /// The strategy.
    pub one: &'a Assessment,
    /// Its money.
    pub cost: &'a Cost,
    /// The row of what is paid in all.
    paid_row: usize,
    /// The row of the total, wrong answers among it.
    total_row: usize,
}

impl<'a> Costs<'a> {
    /// The sheet of a strategy; nothing where its cost is not known.
    pub fn of(place: usize, one: &'a Assessment, basis: &Basis) -> Option<Costs<'a>> {
        let cost = one.cost.as_ref().ok()?;
        let mut writing = Writing::new(&cost.ledger, basis.case.inputs.economics.start);
        writing.opening(one, basis.case.inputs.economics.discount_rate);
        let lines: Vec<Line> = Line::ALL.into_iter().filter(|line| is_paid(*line, &cost.ledger)).collect();
        let (first, paid_row) = writing.months(&lines, cost.errors.is_some());
        let total_row = writing.rows.len() - 1;
        writing.years(first, total_row);
        writing.derivations(one, basis);
        let sheet = Sheet {
            name: sheet_name(place, &one.name),
            widths: vec![34, 12, 16, 16, 16, 14],
            frozen: (0, 1),
            rows: writing.rows,
        };
        Some(Costs { sheet, one, cost, paid_row, total_row })
    }

    /// A formula for its total in today's money.
    pub fn total(&self) -> Cell {
        let usd = self.cost.total();
        Cell::formula(self.reference(self.total_row, PRESENT), usd, Look::Total)
    }

    /// A formula for what is paid in all, not discounted.
    pub fn paid(&self) -> Cell {
        Cell::formula(self.reference(self.paid_row, SUM), self.cost.undiscounted, Look::Usd)
    }

    fn reference(&self, row: usize, column: usize) -> String {
        format!("'{}'!{}", self.sheet.name, place(row, column))
    }
}

/// Whether something is paid in a line.
fn is_paid(line: Line, ledger: &Ledger) -> bool {
    line != Line::Errors && ledger.months.iter().any(|month| month.get(line) != 0.0)
}

/// A name that spreadsheets allow: its number makes it unique.
fn sheet_name(place: usize, name: &str) -> String {
    let allowed = |sign: char| if sign.is_alphanumeric() || " +-,.".contains(sign) { sign } else { ' ' };
    let name: String = format!("{} {name}", place + 1).chars().map(allowed).take(31).collect();
    name.trim_end().to_owned()
}

/// A row of the ledger while it is written: its name, the amounts by month, and its present value.
struct Row {
    label: String,
    months: Vec<f64>,
    present: f64,
}

/// A sheet while it is written.
struct Writing<'a> {
    ledger: &'a Ledger,
    start: YearMonth,
    rows: Vec<Vec<Cell>>,
    written: Vec<Row>,
}

impl<'a> Writing<'a> {
    fn new(ledger: &'a Ledger, start: YearMonth) -> Writing<'a> {
        Writing { ledger, start, rows: Vec::new(), written: Vec::new() }
    }

    fn opening(&mut self, one: &Assessment, discount: f64) {
        let monthly = libm::pow(1.0 + discount, 1.0 / f64::from(YEAR)) - 1.0;
        let yearly = place(YEARLY, SUM);
        self.rows.push(vec![Cell::text(&one.name, Look::Title)]);
        self.rows.push(vec![Cell::plain(
            "As paid, not discounted; without taxes. Amounts are unrounded and shown to the cent. Present value: what falls due before launch is not discounted, month 1 by one month.",
        )]);
        let rate = |label, cell| vec![Cell::plain(label), Cell::plain("%"), cell];
        let of_summary = Cell::formula(discount_place(), discount, Look::Share);
        self.rows.push(rate("Discount rate a year", of_summary));
        let formula = format!("(1+{yearly})^(1/{YEAR})-1");
        self.rows.push(rate("The same a month", Cell::formula(formula, monthly, Look::Share)));
        self.rows.push(Vec::new());
    }

    /// The block by month; returns the first row of it and the row of what is paid in all.
    fn months(&mut self, lines: &[Line], has_errors: bool) -> (usize, usize) {
        let mut head: Vec<Cell> =
            ["By month", "Unit", "Sum", "Present value", "Before launch"].map(Cell::head).to_vec();
        let months = i32::try_from(self.ledger.months.len()).unwrap_or(i32::MAX);
        head.extend(
            (1..months)
                .map(|month| Cell::head(&format!("Month {month} ({})", self.start.plus_months(month - 1)))),
        );
        self.rows.push(head);
        let first = HEAD + 1;
        for line in lines {
            self.amounts(line.label(), |month| month.get(*line));
        }
        let last = first + lines.len();
        let sum = |column| format!("SUM({}:{})", place(first, column), place(last - 1, column));
        // Without a line nothing is paid, and there is nothing to add up.
        let sum = |column| if lines.is_empty() { "0".to_owned() } else { sum(column) };
        self.sums("Paid in all", Lines::paid, sum);
        if has_errors {
            let errors = last + 1;
            self.amounts("Wrong answers, expected, no bill", |month| month.get(Line::Errors));
            self.sums("Total", Lines::total, |column| {
                format!("{}+{}", place(last, column), place(errors, column))
            });
        }
        (first, last)
    }

    /// A row of amounts.
    fn amounts(&mut self, label: &str, of: impl Fn(&Lines) -> f64) {
        let row = self.take(label, of);
        let mut cells = self.beginning(&row);
        cells.extend(row.months.iter().map(|usd| Cell::number(*usd, Look::Usd)));
        self.push(cells, row);
    }

    /// A row of sums.
    fn sums(&mut self, label: &str, of: impl Fn(&Lines) -> f64, formula: impl Fn(usize) -> String) {
        let row = self.take(label, of);
        let mut cells = self.beginning(&row);
        let months = row.months.iter().enumerate();
        cells.extend(months.map(|(month, usd)| Cell::formula(formula(LAUNCH + month), *usd, Look::Total)));
        cells.iter_mut().for_each(|cell| {
            if cell.look == Look::Usd {
                cell.look = Look::Total;
            }
        });
        self.push(cells, row);
    }

    fn take(&self, label: &str, of: impl Fn(&Lines) -> f64) -> Row {
        let months: Vec<f64> = self.ledger.months.iter().map(of).collect();
        let present = months.iter().zip(&self.ledger.discount).map(|(usd, factor)| usd * factor).sum();
        Row { label: label.to_owned(), months, present }
    }

    fn push(&mut self, cells: Vec<Cell>, row: Row) {
        self.rows.push(cells);
        self.written.push(row);
    }

    /// Name, unit, sum and present value of the row that is written next.
    fn beginning(&self, row: &Row) -> Vec<Cell> {
        let here = self.rows.len();
        let last = LAUNCH + row.months.len().saturating_sub(1);
        let sum = format!("SUM({}:{})", place(here, LAUNCH), place(here, last));
        let launch = place(here, LAUNCH);
        let present = match last > LAUNCH {
            true => {
                let months = format!("{}:{}", place(here, LAUNCH + 1), place(here, last));
                format!("{launch}+NPV({},{months})", absolute(MONTHLY, SUM))
            }
            false => launch,
        };
        vec![
            Cell::plain(&row.label),
            Cell::plain(UNIT),
            Cell::formula(sum, row.months.iter().sum(), Look::Usd),
            Cell::formula(present, row.present, Look::Usd),
        ]
    }

    /// The block by year, of the rows by month from the first to the last.
    fn years(&mut self, first: usize, last: usize) {
        let operation = self.ledger.months.len().saturating_sub(1);
        let year = usize::try_from(YEAR).unwrap_or(1);
        let years = operation.div_ceil(year);
        self.rows.push(Vec::new());
        let mut head: Vec<Cell> = ["By year", "Unit", "Sum"].map(Cell::head).to_vec();
        head.extend([Cell::BLANK, Cell::head("Before launch")]);
        head.extend((1..=years).map(|year| Cell::head(&format!("Year {year}"))));
        self.rows.push(head);
        let written = std::mem::take(&mut self.written);
        for (row, of) in (first..=last).zip(&written) {
            let here = self.rows.len();
            let amount = |from: usize, to: usize| of.months.iter().take(to + 1).skip(from).sum::<f64>();
            let launch = of.months.first().copied().unwrap_or_default();
            let sum = format!("SUM({}:{})", place(here, LAUNCH), place(here, LAUNCH + years));
            let mut cells = vec![
                Cell::plain(&of.label),
                Cell::plain(UNIT),
                Cell::formula(sum, of.months.iter().sum(), Look::Total),
                Cell::BLANK,
                Cell::formula(place(row, LAUNCH), launch, Look::Usd),
            ];
            cells.extend((0..years).map(|number| {
                let (from, to) = (1 + number * year, ((number + 1) * year).min(operation));
                let formula = format!("SUM({}:{})", place(row, LAUNCH + from), place(row, LAUNCH + to));
                Cell::formula(formula, amount(from, to), Look::Usd)
            }));
            self.rows.push(cells);
        }
    }

    fn derivations(&mut self, one: &Assessment, basis: &Basis) {
        let told = basis.answer.explanation(one.id).map_or(&[][..], |told| &told.derivations);
        if told.is_empty() {
            return;
        }
        self.rows.push(Vec::new());
        self.rows.push(vec![
            Cell::head("How the amounts came about"),
            Cell::head("Formula"),
            Cell::head("Computation, then the source of its prices"),
        ]);
        let mut told: Vec<_> = told.iter().collect();
        told.sort_by_key(|derivation| derivation.line);
        for derivation in told {
            self.rows.push(vec![
                Cell::plain(derivation.line.label()),
                Cell::plain(derivation.formula),
                Cell::plain(&format!("{} Source: {}", derivation.text, derivation.source)),
            ]);
        }
    }
}

/// The name of a cell that stays when a formula is copied.
fn absolute(row: usize, column: usize) -> String {
    let name = place(row, column);
    let digits = name.find(|sign: char| sign.is_ascii_digit()).unwrap_or(0);
    let (letters, digits) = name.split_at(digits);
    format!("${letters}${digits}")
}
