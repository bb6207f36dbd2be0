//! Where names and words stand so that they do not collide; lengths are pixels.

/// Heights near those wanted, in the same order, at least `gap` apart and within the bounds where they fit.
pub(super) fn spread(wanted: &[f64], gap: f64, (top, bottom): (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    let want = |index: usize| wanted.get(index).copied().unwrap_or(0.0);
    order.sort_by(|a, b| want(*a).total_cmp(&want(*b)));
    // Groups of neighbours that touch: the sum of where each wants the group to begin, and how many they are.
    let mut groups: Vec<(f64, f64)> = Vec::new();
    let begin = |(sum, count): (f64, f64)| {
        let last = (bottom - (count - 1.0) * gap).max(top);
        (sum / count).clamp(top, last)
    };
    for index in &order {
        let mut group = (want(*index), 1.0);
        while let Some(before) = groups.last().copied() {
            if begin(before) + before.1 * gap <= begin(group) {
                break;
            }
            groups.pop();
            group = (before.0 + group.0 - group.1 * before.1 * gap, before.1 + group.1);
        }
        groups.push(group);
    }
    let mut sorted = groups.into_iter().flat_map(|group| {
        (0_u32..)
            .take_while(move |step| f64::from(*step) < group.1)
            .map(move |step| begin(group) + f64::from(step) * gap)
    });
    let mut places = vec![0.0; wanted.len()];
    for index in order {
        if let (Some(place), Some(height)) = (places.get_mut(index), sorted.next()) {
            *place = height;
        }
    }
    places
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rect {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Rect {
    /// Whether two overlap.
    pub(super) fn meets(&self, other: &Rect) -> bool {
        self.left < other.left + other.width
            && other.left < self.left + self.width
            && self.top < other.top + other.height
            && other.top < self.top + self.height
    }

    /// Whether a point lies within.
    pub(super) fn holds(&self, (x, y): (f64, f64)) -> bool {
        (self.left..=self.left + self.width).contains(&x) && (self.top..=self.top + self.height).contains(&y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_distance_and_their_order_and_stay_within() {
        let places = spread(&[100.0, 101.0, 99.0, 300.0, 379.0, 380.0], 18.0, (0.0, 380.0));
        assert_eq!(places[3], 300.0);
        let mut sorted = places.clone();
        sorted.sort_by(f64::total_cmp);
        assert!(sorted.windows(2).all(|pair| pair[1] - pair[0] >= 18.0 - 1e-9), "{places:?}");
        assert!(places[2] < places[0] && places[0] < places[1], "{places:?}");
        assert!(sorted[0] >= 0.0 && sorted[5] <= 380.0, "{places:?}");
        assert!(spread(&[], 18.0, (0.0, 1.0)).is_empty());
    }
}
