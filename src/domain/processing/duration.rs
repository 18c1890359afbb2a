//! The longest duration a French sentence names: « trois ans au plus », « 36 mois », « une semaine ».

/// A duration, to the day or nearly: a month counts for thirty days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duration(u32);

impl Duration {
    /// Tells whether another duration is longer beyond the way of counting: 365 days are a year.
    pub fn is_exceeded_by(self, other: Self) -> bool {
        other.0 > self.0.saturating_add(self.0 / 20)
    }
}

const NUMBERS: [(&str, u32); 31] = [
    ("un", 1),
    ("une", 1),
    ("deux", 2),
    ("trois", 3),
    ("quatre", 4),
    ("cinq", 5),
    ("six", 6),
    ("sept", 7),
    ("huit", 8),
    ("neuf", 9),
    ("dix", 10),
    ("onze", 11),
    ("douze", 12),
    ("treize", 13),
    ("quatorze", 14),
    ("quinze", 15),
    ("seize", 16),
    ("dix-sept", 17),
    ("dix-huit", 18),
    ("dix-neuf", 19),
    ("vingt", 20),
    ("vingt-quatre", 24),
    ("vingt-cinq", 25),
    ("trente", 30),
    ("trente-six", 36),
    ("quarante", 40),
    ("quarante-huit", 48),
    ("cinquante", 50),
    ("soixante", 60),
    ("quatre-vingt-dix", 90),
    ("cent", 100),
];

/// The longest duration named, if any is.
pub fn longest(text: &str) -> Option<Duration> {
    let text = text.to_lowercase().replace(['\u{a0}', '\u{202f}'], " ");
    let words: Vec<&str> = text
        .split(|c: char| !(c.is_alphanumeric() || c == '-'))
        .filter(|word| !word.is_empty())
        .collect();
    let pairs = words.windows(2).filter_map(|pair| match pair {
        [number, unit] => Some(Duration(count(number)?.checked_mul(days(unit)?)?)),
        _ => None,
    });
    pairs.max()
}

fn count(word: &str) -> Option<u32> {
    let named = NUMBERS.iter().find(|(name, _)| *name == word);
    named
        .map(|(_, count)| *count)
        .or_else(|| word.parse().ok().filter(|count| *count <= 100_000))
}

fn days(unit: &str) -> Option<u32> {
    match unit {
        "jour" | "jours" => Some(1),
        "semaine" | "semaines" => Some(7),
        "mois" => Some(30),
        "an" | "ans" | "année" | "années" => Some(360),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_found_in_sentences() {
        let three = longest("le temps de vous répondre, puis trois ans au plus");
        assert_eq!(three, longest("3\u{a0}ans"));
        assert_eq!(three, longest("36 mois après l'achat"));
        assert_eq!(longest("treize mois, ou 2 semaines"), longest("13 mois"));
        for silent in [
            "le temps de la relation",
            "",
            "3",
            "ans",
            "depuis l'an 2000",
        ] {
            assert_eq!(longest(silent), None, "{silent}");
        }
    }

    #[test]
    fn a_year_of_365_days_is_a_year() {
        let year = longest("un an").expect("a duration");
        for (other, exceeds) in [("365 jours", false), ("13 mois", true), ("11 mois", false)] {
            let other = longest(other).expect("a duration");
            assert_eq!(year.is_exceeded_by(other), exceeds);
        }
    }
}
