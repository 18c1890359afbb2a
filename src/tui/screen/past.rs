//! What was ticked before, where nothing is recorded until it is validated: it can be taken back
//! one change at a time, and done again.

/// Most changes that can be taken back.
const MOST: usize = 100;

/// Earlier states, and those taken back since.
#[derive(Debug, Clone)]
pub struct Past<T> {
    before: Vec<T>,
    after: Vec<T>,
}

impl<T> Default for Past<T> {
    fn default() -> Self {
        Self {
            before: Vec::new(),
            after: Vec::new(),
        }
    }
}

impl<T> Past<T> {
    /// Keeps a state that is about to change.
    pub fn keep(&mut self, state: T) {
        self.after.clear();
        if self.before.len() == MOST {
            self.before.remove(0);
        }
        self.before.push(state);
    }

    /// Goes back to the state before, or forward again; `false` when there is none.
    pub fn travel(&mut self, now: &mut T, back: bool) -> bool {
        let (from, to) = if back {
            (&mut self.before, &mut self.after)
        } else {
            (&mut self.after, &mut self.before)
        };
        match from.pop() {
            Some(state) => {
                to.push(std::mem::replace(now, state));
                true
            }
            None => false,
        }
    }

    /// Tells whether there is a state to go to.
    pub fn can(&self, back: bool) -> bool {
        let states = if back { &self.before } else { &self.after };
        !states.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::Past;

    #[test]
    fn changes_are_taken_back_one_by_one_and_done_again() {
        let (mut past, mut now) = (Past::default(), 0);
        for next in 1..=3 {
            past.keep(now);
            now = next;
        }
        assert!(past.travel(&mut now, true) && past.travel(&mut now, true));
        assert_eq!(now, 1);
        assert!(past.travel(&mut now, false));
        assert_eq!(now, 2);
        // A new change forgets what was taken back.
        past.keep(now);
        assert!(!past.can(false) && past.can(true));
    }
}
