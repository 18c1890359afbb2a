//! Answers of a fictional business, to try the program without typing.

/// Question ids and what would be typed; a question that no longer exists is skipped.
pub const ANSWERS: &[(&str, &str)] = &[
    ("profil.forme", "societe"),
    ("profil.denomination", "Boulangerie Martin"),
    ("profil.forme-juridique", "sarl"),
    ("profil.capital", "8000"),
    ("profil.siren", "732829320"),
    ("profil.adresse", "12 rue du Port, 56000 Vannes"),
    ("profil.telephone", "02 97 00 00 00"),
    ("profil.email", "contact@boulangerie-martin.example"),
    ("profil.clients", "particuliers"),
    ("profil.presence", "site, reseaux"),
    ("profil.prospection", "courriel"),
    ("profil.fidelite", "oui"),
    ("profil.formulaires", "contact, newsletter"),
    ("profil.fichiers", "clients, salaries, fournisseurs"),
];
