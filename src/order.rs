//! Sorting of short lists.
//!
//! Every list here has at most a few hundred entries, mostly a dozen. The standard library's sort costs
//! about 3 kB of download for each type it is used with; this one costs a few hundred bytes.

use std::cmp::Ordering;

/// Sort in place, equal entries staying in their order: insertion, quadratic at worst.
pub fn sort_by<Item>(items: &mut [Item], compare: impl Fn(&Item, &Item) -> Ordering) {
    for end in 1..items.len() {
        let mut place = end;
        while place > 0 && compare(&items[place - 1], &items[place]) == Ordering::Greater {
            items.swap(place - 1, place);
            place -= 1;
        }
    }
}

/// Sort by a key, equal entries staying in their order.
pub fn sort_by_key<Item, Key: Ord>(items: &mut [Item], key: impl Fn(&Item) -> Key) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_come_in_order_and_equal_ones_keep_theirs() {
        let mut items = vec![(3, 'a'), (1, 'b'), (3, 'c'), (2, 'd'), (1, 'e')];
        sort_by_key(&mut items, |(number, _)| *number);
        assert_eq!(items, [(1, 'b'), (1, 'e'), (2, 'd'), (3, 'a'), (3, 'c')]);
        sort_by(&mut items, |a, b| b.1.cmp(&a.1));
        assert_eq!(items.iter().map(|(_, letter)| *letter).collect::<String>(), "edcba");
        sort_by(&mut [] as &mut [u8], Ord::cmp);
    }
}
