//! A value of the store that the page follows.

use std::cell::RefCell;

use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track};

/// A value that lives as long as the page, and says when it changes.
///
/// A signal of Leptos would do the same with ten times the code for every type of value; here only the
/// trigger is one.
pub struct Watched<T: 'static>(&'static (RefCell<T>, ArcTrigger));

impl<T> Clone for Watched<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Watched<T> {}

impl<T> Watched<T> {
    /// A value; its memory is given back with the page.
    pub fn new(value: T) -> Self {
        Watched(Box::leak(Box::new((RefCell::new(value), ArcTrigger::new()))))
    }

    /// Read it, and follow its changes.
    pub fn with<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        self.0.1.track();
        self.with_untracked(read)
    }

    /// Read it once.
    pub fn with_untracked<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.0.0.borrow())
    }

    /// Put another value in its place.
    pub fn set(&self, value: T)
    where
        T: PartialEq,
    {
        if *self.0.0.borrow() != value {
            self.replace(value);
        }
    }

    /// Put another value in its place without asking whether it differs.
    pub fn replace(&self, value: T) {
        // Dropped after the borrow has ended.
        let _before = self.0.0.replace(value);
        self.0.1.notify();
    }

    /// Change it.
    pub fn update(&self, change: impl FnOnce(&mut T)) {
        change(&mut self.0.0.borrow_mut());
        self.0.1.notify();
    }
}

impl<T: Clone> Watched<T> {
    /// A copy, followed by the caller.
    pub fn get(&self) -> T {
        self.with(T::clone)
    }

    /// A copy as it is now.
    pub fn get_untracked(&self) -> T {
        self.with_untracked(T::clone)
    }
}
