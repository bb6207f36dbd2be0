//! A workbook as the bytes of an XLSX file (Office Open XML): the same bytes for the same workbook.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook as File, Worksheet,
    XlsxError,
};

use crate::domain::units::Date;
use crate::domain::workbook::{Content, Look, Sheet, Workbook};

/// The most characters a cell holds.
const MOST_CHARS: usize = 32_767;
/// Number of the paper A4.
const A4: u8 = 9;

/// The workbook as a file.
///
/// # Errors
/// Where a sheet has a name or a size that no spreadsheet allows; none of ours has.
pub fn xlsx(workbook: &Workbook) -> Result<Vec<u8>, XlsxError> {
    let mut file = File::new();
    let properties = DocProperties::new();
    file.set_properties(&match workbook.made.map(moment).transpose()? {
        Some(made) => properties.set_creation_datetime(&made),
        None => properties,
    });
    let looks = Looks::new();
    for sheet in &workbook.sheets {
        write(sheet, file.add_worksheet(), &looks)?;
    }
    file.save_to_buffer()
}

fn moment(date: Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(u16::try_from(date.year).unwrap_or(0), date.month, date.day)
}

fn write(sheet: &Sheet, to: &mut Worksheet, looks: &Looks) -> Result<(), XlsxError> {
    to.set_name(&sheet.name)?;
    to.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    to.set_freeze_panes(sheet.frozen.0, sheet.frozen.1)?;
    let columns = sheet.rows.iter().map(Vec::len).max().unwrap_or(0);
    let last = sheet.widths.last().copied().unwrap_or(12);
    let widths = sheet.widths.iter().copied().chain(std::iter::repeat(last)).take(columns);
    for (column, width) in (0..).zip(widths) {
        to.set_column_width(column, f64::from(width))?;
    }
    for (row, cells) in (0..).zip(&sheet.rows) {
        for (column, cell) in (0..).zip(cells) {
            let look = looks.of(cell.look);
            match &cell.content {
                Content::Blank => {}
                Content::Text(text) => {
                    to.write_string_with_format(row, column, bounded(text), look)?;
                }
                Content::Number(number) => {
                    to.write_number_with_format(row, column, *number, look)?;
                }
                Content::Formula(formula, result) => {
                    let formula = Formula::new(formula).set_result(result.to_string());
                    to.write_formula_with_format(row, column, formula, look)?;
                }
            }
        }
    }
    Ok(())
}

/// As much of a text as a cell holds.
fn bounded(text: &str) -> String {
    // Spreadsheets count halves of characters beyond the first 65,536.
    let mut left = MOST_CHARS;
    let fits = |sign: &char| {
        left = left.saturating_sub(sign.len_utf16());
        left > 0
    };
    text.chars().take_while(fits).collect()
}

/// How cells look.
struct Looks {
    plain: Format,
    title: Format,
    head: Format,
    wrapped: Format,
    usd: Format,
    total: Format,
    share: Format,
}

impl Looks {
    fn new() -> Looks {
        let usd = || Format::new().set_num_format("#,##0.00;[Red]-#,##0.00");
        Looks {
            plain: Format::new(),
            title: Format::new().set_bold().set_font_size(14),
            head: Format::new().set_bold().set_border_bottom(FormatBorder::Thin),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            usd: usd(),
            total: usd().set_bold().set_border_top(FormatBorder::Thin),
            share: Format::new().set_num_format("0.00##%"),
        }
    }

    fn of(&self, look: Look) -> &Format {
        match look {
            Look::Plain => &self.plain,
            Look::Title => &self.title,
            Look::Head => &self.head,
            Look::Wrapped => &self.wrapped,
            Look::Usd => &self.usd,
            Look::Total => &self.total,
            Look::Share => &self.share,
        }
    }
}
