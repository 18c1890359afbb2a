//! Addresses abroad written on one line: without five digits, the country parts them.

use std::collections::BTreeMap;

use crate::domain::search::fold;

/// Countries other than France, in French, and a few as they call themselves.
#[rustfmt::skip]
const ABROAD: &[&str] = &[
    "Afghanistan", "Afrique du Sud", "Albanie", "Algérie", "Allemagne", "Andorre",
    "Angleterre", "Angola", "Antigua-et-Barbuda", "Arabie saoudite", "Argentine", "Arménie",
    "Australie", "Autriche", "Azerbaïdjan", "Bahamas", "Bahreïn", "Bangladesh",
    "Barbade", "Belgique", "Belgium", "Belize", "Bhoutan", "Birmanie",
    "Biélorussie", "Bolivie", "Bosnie-Herzégovine", "Botswana", "Brunei", "Brésil",
    "Bulgarie", "Burkina Faso", "Burundi", "Bénin", "Cambodge", "Cameroun",
    "Canada", "Cap-Vert", "Centrafrique", "Chili", "Chine", "Chypre",
    "Colombie", "Comores", "Congo", "Corée du Nord", "Corée du Sud", "Costa Rica",
    "Croatie", "Cuba", "Côte d'Ivoire", "Danemark", "Djibouti", "Dominique",
    "Espagne", "Estonie", "Eswatini", "Fidji", "Finlande", "Gabon",
    "Gambie", "Germany", "Ghana", "Gibraltar", "Grenade", "Grèce",
    "Guatemala", "Guernesey", "Guinée", "Guinée équatoriale", "Guinée-Bissau", "Guyana",
    "Géorgie", "Haïti", "Honduras", "Hong Kong", "Hongrie", "Inde",
    "Indonésie", "Irak", "Iran", "Ireland", "Irlande", "Irlande du Nord",
    "Islande", "Israël", "Italie", "Italy", "Jamaïque", "Japon",
    "Jersey", "Jordanie", "Kazakhstan", "Kenya", "Kirghizistan", "Kiribati",
    "Kosovo", "Koweït", "Laos", "Lesotho", "Lettonie", "Liban",
    "Liberia", "Libye", "Liechtenstein", "Lituanie", "Luxembourg", "Macao",
    "Macédoine du Nord", "Madagascar", "Malaisie", "Malawi", "Maldives", "Mali",
    "Malte", "Maroc", "Maurice", "Mauritanie", "Mexique", "Moldavie",
    "Monaco", "Mongolie", "Monténégro", "Mozambique", "Namibie", "Netherlands",
    "Nicaragua", "Niger", "Nigeria", "Norvège", "Nouvelle-Zélande", "Népal",
    "Oman", "Ouganda", "Ouzbékistan", "Pakistan", "Palestine", "Panama",
    "Papouasie-Nouvelle-Guinée", "Paraguay", "Pays de Galles", "Pays-Bas", "Philippines", "Pologne",
    "Portugal", "Pérou", "Qatar", "Roumanie", "Royaume-Uni", "Russie",
    "Rwanda", "République dominicaine", "République tchèque", "Saint-Marin", "Sainte-Lucie", "Salvador",
    "Samoa", "Serbie", "Seychelles", "Sierra Leone", "Singapour", "Slovaquie",
    "Slovénie", "Somalie", "Soudan", "Soudan du Sud", "Spain", "Sri Lanka",
    "Suisse", "Suriname", "Suède", "Switzerland", "Syrie", "Sénégal",
    "Tadjikistan", "Tanzanie", "Taïwan", "Tchad", "Tchéquie", "Thaïlande",
    "Togo", "Tonga", "Trinité-et-Tobago", "Tunisie", "Turkménistan", "Turquie",
    "UK", "USA", "Ukraine", "United Kingdom", "United States", "Uruguay",
    "Vatican", "Venezuela", "Vietnam", "Viêt Nam", "Yémen", "Zambie",
    "Zimbabwe", "Écosse", "Égypte", "Émirats arabes unis", "Équateur", "Érythrée",
    "États-Unis", "Éthiopie",
];

/// Tells whether a text names a country other than France, whatever the case and the accents.
fn is_abroad(text: &str) -> bool {
    let plain = |name: &str| fold(name.trim()).replace('-', " ");
    let wanted = plain(text);
    ABROAD.iter().any(|name| plain(name) == wanted)
}

/// « Rue de la Loi 16, 1000 Bruxelles, Belgique »: the street, the town, the country.
pub fn split(text: &str) -> Option<BTreeMap<String, String>> {
    let (rest, country) = text.rsplit_once(',')?;
    let (street, town) = rest.rsplit_once(',')?;
    if !is_abroad(country) {
        return None;
    }
    let town = town.trim();
    // A postal code stands first and holds digits; where it stands last, it stays with the town.
    let (code, city) = match town.split_once(' ') {
        Some((code, city)) if code.contains(|c: char| c.is_ascii_digit()) => (code, city),
        _ => ("", town),
    };
    let parts = [
        ("line1", street),
        ("postal_code", code),
        ("city", city),
        ("country", country),
    ];
    let parts = parts.map(|(key, part)| (key.to_owned(), part.trim().to_owned()));
    Some(
        parts
            .into_iter()
            .filter(|(_, part)| !part.is_empty())
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_known_however_it_is_written() {
        for name in ["Irlande", " ROYAUME UNI", "etats-unis", "Côte d'Ivoire"] {
            assert!(is_abroad(name), "{name}");
        }
        for other in ["France", "Vannes", ""] {
            assert!(!is_abroad(other), "{other}");
        }
    }

    #[test]
    fn the_country_parts_an_address_without_five_digits() {
        let london = split("Flat 2, 10 Downing Street, London SW1A 2AA, royaume uni").unwrap();
        assert_eq!(london["line1"], "Flat 2, 10 Downing Street");
        assert_eq!(london["city"], "London SW1A 2AA");
        let others = [
            "1 rue du Port, Bât A, Vannes",
            "1 rue du Port, Vannes, France",
            "Dublin, Irlande",
        ];
        for other in others {
            assert_eq!(split(other), None, "{other}");
        }
    }
}
