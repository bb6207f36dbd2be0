//! Pilots: cheap trials that would change the answer if they met the bar (method §11.5).

use super::choose::Choice;
use super::comparison::Comparison;
use super::pilot::Trials;
use super::proving::proving_pilots;
use super::saving::saving_pilots;
use super::stronger;

/// The pilots worth proposing, and the trials that are not.
pub fn proposed(comparison: &Comparison, choice: &Choice) -> Trials {
    match (choice.use_now, choice.later) {
        // What will replace the holder anyway is what a trial has to beat.
        (Some(_), Some(next)) => saving_pilots(comparison, next),
        (Some(holder), None) => saving_pilots(comparison, holder),
        (None, Some(next)) => {
            // A stronger model may serve until what is proven is ready.
            let mut trials = saving_pilots(comparison, next);
            trials.pilots.splice(0..0, stronger::steps(comparison, choice));
            trials
        }
        (None, None) => proving_pilots(comparison, choice),
    }
}
