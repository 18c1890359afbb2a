//! `traitements`: what the owner writes over the record, and what becomes of it in the texts.

use std::fs;

use serde_json::Value;

use crate::support::{Aplomb, is_safe};

const SHOP: &str = r#"
[answers]
"profil.forme" = "ei"
"profil.exploitant" = "Marc Durand"
"profil.email" = "marc@exemple.example"
"profil.adresse" = "8 chemin des Vignes, 33000 Bordeaux"
"profil.clients" = ["particuliers"]
"profil.presence" = ["site"]
"profil.prospection" = ["aucun"]
"profil.fidelite" = "non"
"profil.formulaires" = ["contact"]
"profil.fichiers" = ["clients", "fournisseurs"]
"#;

const HOSTILE: &str = "=1+1 <script>alert(1)</script> {{ 7*7 }} [x](javascript:y) | `a` \u{202e}";

fn shop() -> Aplomb {
    let aplomb = Aplomb::new();
    aplomb.dossier("Essai", SHOP);
    aplomb
}

fn activity(json: &Value, id: &str) -> Value {
    let rows = json["activities"].as_array().unwrap();
    rows.iter().find(|row| row["id"] == id).unwrap().clone()
}

fn document(aplomb: &Aplomb, id: &str) -> String {
    let run = aplomb.run(["documents", "essai", "-o", "sortie", "--seulement", id]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    aplomb
        .read(&format!("sortie/{id}.md"))
        .replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn the_list_tells_the_catalogue_from_the_owner() {
    let aplomb = shop();
    let before = aplomb.json(["traitements", "essai", "--json"]);
    let contact = activity(&before, "contact");
    assert_eq!(contact["state"], "recorded");
    assert_eq!(contact["contents"]["retention"]["author"], "catalogue");
    assert_eq!(activity(&before, "lettre")["state"], "excluded");
    let run = aplomb.run([
        "activities",
        "essai",
        "contact.duree=un an",
        "contact.securite=-",
        "contact.donnees=nom ; courriel",
        "clients.base=intérêt légitime",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let after = aplomb.json(["traitements", "essai", "--json"]);
    let contact = activity(&after, "contact");
    assert_eq!(contact["contents"]["retention"]["value"], "un an");
    assert_eq!(contact["contents"]["retention"]["author"], "owner");
    assert_eq!(contact["contents"]["security"]["author"], "missing");
    assert_eq!(contact["contents"]["data"]["value"][1], "courriel");
    let clients = activity(&after, "clients");
    assert_eq!(clients["basis"]["author"], "owner");
    assert!(
        clients["remarks"]
            .to_string()
            .contains("le catalogue propose : contrat")
    );
    let list = aplomb.run(["traitements", "essai"]).stdout;
    assert!(list.contains("modifié par vous"), "{list}");
}

#[test]
fn what_the_owner_wrote_is_in_the_texts_and_what_was_removed_is_a_blank() {
    let aplomb = shop();
    aplomb.run([
        "traitements",
        "essai",
        "contact.duree=dix ans",
        "contact.securite=-",
        "contact.note=revoir en mars",
        "clients=sans-objet: aucun client encore",
        "+Caméras du dépôt",
    ]);
    let record = document(&aplomb, "registre");
    assert!(record.contains("**Durée d’usage** : dix ans"), "{record}");
    assert!(record.contains("plus longue que le repère"), "{record}");
    assert!(
        record.contains("[à compléter : protections pour « Demandes de contact »]"),
        "{record}"
    );
    assert!(record.contains("**Note** : revoir en mars"), "{record}");
    assert!(
        record.contains("- Suivi des clients : aucun client encore"),
        "{record}"
    );
    assert!(!record.contains("réaliser la prestation"), "{record}");
    // A basis nobody chose is a blank, never the last of the list.
    assert!(
        record.contains("[à compléter : base légale pour « Caméras du dépôt »]"),
        "{record}"
    );
    assert!(!record.contains("intérêt public"), "{record}");
    let page = document(&aplomb, "page-vie-privee");
    assert!(page.contains("Demandes de contact : dix ans"), "{page}");
    assert!(!page.contains("revoir en mars"), "{page}");
    let list = aplomb.json(["documents", "essai", "--liste", "--json"]);
    let rows = list["documents"].as_array().unwrap();
    let row = rows.iter().find(|row| row["id"] == "registre").unwrap();
    let blanks = row["blanks"].as_array().unwrap();
    assert!(
        blanks
            .iter()
            .any(|blank| blank["field"] == "traitements.contact.securite")
    );
    let durations = document(&aplomb, "durees-conservation");
    assert!(
        durations.contains("| Demandes de contact | Dix ans |"),
        "{durations}"
    );
    // And back to the catalogue.
    aplomb.run([
        "traitements",
        "essai",
        "contact=",
        "clients=oui",
        "propre-cameras-du-depot=",
    ]);
    let record = document(&aplomb, "registre");
    assert!(record.contains("réaliser la prestation"), "{record}");
    assert!(
        !record.contains("Caméras") && !record.contains("usage** : dix ans"),
        "{record}"
    );
    let file = aplomb.read("classeur/essai/dossier.toml");
    assert!(!file.contains("[activities"), "{file}");
}

#[test]
fn a_fault_changes_nothing() {
    let aplomb = shop();
    let before = aplomb.read("classeur/essai/dossier.toml");
    let long = format!("contact.finalite={}", "x".repeat(1_001));
    for (wrong, told) in [
        ("contat.duree=un an", "Vouliez-vous dire « contact »"),
        ("contact.couleur=bleu", "n'est pas un champ"),
        ("contact.base=habitude", "n'est pas une base légale"),
        ("contact=sans-objet", "dites pourquoi"),
        ("contact=peut-être", "attend"),
        ("contact.titre=Autre", "vient du catalogue"),
        ("contact.finalite=a\u{7}b", "caractère de commande"),
        (&long, "1001 caractères"),
        ("+", "donnez un nom"),
    ] {
        let run = aplomb.run(["traitements", "essai", "contact.duree=un an", wrong]);
        assert_eq!(run.code, 2, "{wrong}");
        assert!(run.stderr.contains(told), "{wrong}: {}", run.stderr);
        assert_eq!(
            aplomb.read("classeur/essai/dossier.toml"),
            before,
            "{wrong}"
        );
    }
}

#[test]
fn words_of_the_owner_are_data_in_every_format() {
    let aplomb = shop();
    let fields = [
        "finalite",
        "donnees",
        "personnes",
        "destinataires",
        "duree",
        "archive",
        "securite",
        "note",
    ];
    let mut args = vec![
        "traitements".to_owned(),
        "essai".to_owned(),
        format!("+{HOSTILE}"),
    ];
    args.extend(fields.map(|field| format!("contact.{field}={HOSTILE}")));
    args.push(format!("clients=sans-objet: {HOSTILE}"));
    let run = aplomb.run(&args);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(is_safe(&run.stdout), "{}", run.stdout);
    let run = aplomb.run([
        "documents",
        "essai",
        "-o",
        "sortie",
        "--seulement",
        "registre",
        "--format",
        "markdown,html,texte,docx,xlsx,csv",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let markdown = aplomb.read("sortie/registre.md");
    assert!(
        !markdown.replace("\\<", "").contains("<script") && !markdown.contains("[x](javascript"),
        "{markdown}"
    );
    assert!(
        markdown.contains("7\\*7") && is_safe(&markdown),
        "{markdown}"
    );
    let page = aplomb.read("sortie/registre.html");
    assert!(
        !page.contains("<script>alert") && !page.contains("href=\"javascript"),
        "{page}"
    );
    let table = aplomb.read("sortie/registre.csv");
    assert!(
        !table.contains("\"=1+1") && !table.contains(",=1+1") && !table.contains(";=1+1"),
        "{table}"
    );
    for name in ["docx", "xlsx"] {
        assert!(
            fs::metadata(aplomb.path(&format!("sortie/registre.{name}")))
                .unwrap()
                .len()
                > 0
        );
    }
    let proof = aplomb.run(["documents", "essai", "--preuves", "-o", "preuves.zip"]);
    assert_eq!(proof.code, 0, "{}", proof.stderr);
}

#[test]
fn comparing_tells_what_the_owner_changed() {
    let aplomb = shop();
    aplomb.run(["traitements", "essai", "contact.duree=un an"]);
    // The change is made today; the day before, the dossier was empty.
    let json = aplomb.json(["comparer", "essai", "2020-01-01", "2999-01-01", "--json"]);
    let changes = json["activities"][0]["changes"].to_string();
    assert_eq!(json["activities"][0]["id"], "contact");
    assert!(
        changes.contains("durée d'usage") && changes.contains("→ un an"),
        "{changes}"
    );
    let text = aplomb
        .run(["comparer", "essai", "2020-01-01", "2999-01-01"])
        .stdout;
    assert!(text.contains("Traitements modifiés par vous"), "{text}");
}

#[test]
fn a_dossier_corrected_by_hand_is_checked() {
    let aplomb = shop();
    let path = "classeur/essai/dossier.toml";
    let file = aplomb.read(path);
    let added = "[activities.inconnu]\nnote = \"a\"\n\n[activities.contact]\nretention = \" un an\"\n\n[history]";
    fs::write(aplomb.path(path), file.replacen("[history]", added, 1)).unwrap();
    let run = aplomb.run(["verifier", "classeur/essai"]);
    assert!(run.stdout.contains("activities.inconnu"), "{}", run.stdout);
    assert!(
        run.stdout.contains("sous sa forme habituelle"),
        "{}",
        run.stdout
    );
    // What nobody knows is kept, and ignored.
    assert!(!document(&aplomb, "registre").contains("inconnu"));
}

#[test]
fn an_activity_of_the_owner_may_stay_off_the_privacy_page() {
    let aplomb = shop();
    let write = |words: &[&str]| {
        let run = aplomb.run([&["traitements", "essai"], words].concat());
        (run.code, run.stdout, run.stderr)
    };
    let said = |id: &str| {
        let json = aplomb.json(["traitements", "essai", "--json"]);
        activity(&json, id)["contents"]["publication"].clone()
    };
    let named = |title: &str| {
        let page = document(&aplomb, "page-vie-privee");
        let record = document(&aplomb, "registre");
        (page.contains(title), record.contains(title))
    };
    write(&["+Caméras du dépôt"]);
    write(&["propre-cameras-du-depot.base=consentement"]);
    assert_eq!(said("propre-cameras-du-depot")["value"], "publique");
    assert_eq!(named("Caméras du dépôt"), (true, true));
    // The persons concerned tell, unless some of them read the page.
    write(&["propre-cameras-du-depot.personnes=nos salariés et fournisseurs"]);
    assert_eq!(said("propre-cameras-du-depot")["author"], "catalogue");
    assert_eq!(named("Caméras du dépôt"), (false, true));
    write(&["propre-cameras-du-depot.personnes=nos salariés et nos clients"]);
    assert_eq!(named("Caméras du dépôt"), (true, true));
    // What the owner chooses comes first, and stays on disk.
    let (code, card, _) = write(&["propre-cameras-du-depot.publication=interne"]);
    assert_eq!(code, 0);
    assert!(
        card.contains("[publication, vous]\u{a0}: interne"),
        "{card}"
    );
    assert_eq!(said("propre-cameras-du-depot")["author"], "owner");
    assert_eq!(named("Caméras du dépôt"), (false, true));
    write(&["propre-cameras-du-depot.publication="]);
    assert_eq!(named("Caméras du dépôt"), (true, true));
    for (wrong, told) in [
        ("propre-cameras-du-depot.publication=peut-être", "interne"),
        ("contact.publication=interne", "ajouté"),
    ] {
        let (code, _, error) = write(&[wrong]);
        assert_eq!(code, 2, "{wrong}");
        assert!(error.contains(told), "{error}");
    }
}
