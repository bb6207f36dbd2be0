//! A picture as a file: SVG and PNG.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::echarts::{ChartProblem, load, png, svg};
use crate::browser::file;
use crate::charts::{ChartFigure, DRAWING, Saved, saved};
use crate::domain::units::file_stem;

/// What is saved.
#[derive(Clone, Debug, PartialEq)]
pub enum Picture {
    /// What ECharts draws.
    Chart(Box<ChartFigure>),
    /// What is drawn already, with its title.
    Drawn(String, Saved),
}

impl Picture {
    fn title(&self) -> &str {
        match self {
            Picture::Chart(figure) => &figure.title,
            Picture::Drawn(title, _) => title,
        }
    }

    fn drawn(self) -> Result<Saved, ChartProblem> {
        match self {
            Picture::Chart(figure) => {
                let drawing = svg(&figure.saved_option(), DRAWING)?;
                Ok(saved(&figure.title, &figure.caption, &drawing, DRAWING))
            }
            Picture::Drawn(_, saved) => Ok(saved),
        }
    }
}

/// How a picture is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Svg,
    Png,
}

/// Buttons that save a picture; a sentence where it cannot be drawn.
#[component]
pub fn Saving(picture: Picture) -> impl IntoView {
    let problem = RwSignal::new(None::<ChartProblem>);
    let title = picture.title().to_owned();
    let picture = StoredValue::new(picture);
    let save = move |form| {
        move |_| {
            let picture = picture.get_value();
            spawn_local(async move {
                let refused = give(picture, form).await.err();
                let _ = problem.try_set(refused);
            });
        }
    };
    let label = |form: &str| format!("Save “{title}” as {form}");
    view! {
        <button type="button" class="link save-table" aria-label=label("SVG") on:click=save(Form::Svg)>
            "Save as SVG"
        </button>
        <button type="button" class="link save-table" aria-label=label("PNG") on:click=save(Form::Png)>
            "Save as PNG"
        </button>
        <p class="hint" role="status" hidden=move || problem.get().is_none()>
            "This picture could not be drawn as a file."
        </p>
    }
}

async fn give(picture: Picture, form: Form) -> Result<(), ChartProblem> {
    load().await?;
    let stem = file_stem(picture.title());
    let Saved { svg, size } = picture.drawn()?;
    let given = match form {
        Form::Svg => file::give(&format!("{stem}.svg"), &svg),
        Form::Png => file::give_bytes(&format!("{stem}.png"), &png(&svg, size).await?),
    };
    if given { Ok(()) } else { Err(ChartProblem::NotDrawn) }
}
