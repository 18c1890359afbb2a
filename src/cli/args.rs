//! The command line: names, options and help, in French with an English alias each.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::domain::assessment::Level;
use crate::domain::input;
use crate::tui::glyphs::GlyphSet;
use crate::tui::theme::ThemeName;

const TEMPLATE: &str = "\
{before-help}{about-with-newline}
Utilisation : {usage}

{all-args}{after-help}";

const AFTER: &str = "\
Codes de sortie : 0 fait · 1 la réponse est non · 2 mauvaise demande · 3 fichier abîmé · 4 écriture impossible.
Rien n'est jamais envoyé sur internet.";

/// Assistant de conformité pour les très petites entreprises françaises.
#[derive(Debug, Parser)]
#[command(
    name = "aplomb",
    version,
    about = "Questions, bilan daté, plan d'action et textes à coller pour les très petites entreprises.",
    help_template = TEMPLATE,
    after_help = AFTER,
    subcommand_help_heading = "Commandes",
    subcommand_value_name = "COMMANDE",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true
)]
pub struct Cli {
    /// Dossier ou classeur à ouvrir dans l'interface
    #[arg(value_name = "CHEMIN", help_heading = "Arguments")]
    pub path: Option<PathBuf>,
    /// Ce qui vaut pour toutes les commandes.
    #[command(flatten)]
    pub global: Global,
    /// La commande.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options valables partout.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Options")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
pub struct Global {
    /// Jour auquel appliquer le droit (AAAA-MM-JJ) ; aujourd'hui si rien n'est dit
    #[arg(long, global = true, value_name = "DATE", value_parser = parse_date)]
    pub date: Option<Date>,
    /// Dossier où ranger les entreprises
    #[arg(
        long,
        alias = "workspace",
        global = true,
        value_name = "DOSSIER",
        env = "APLOMB_CLASSEUR",
        hide_env = true
    )]
    pub classeur: Option<PathBuf>,
    /// Dossier dont les questionnaires et modèles remplacent ceux du programme
    #[arg(long, alias = "content", global = true, value_name = "DOSSIER")]
    pub contenu: Option<PathBuf>,
    /// Fichier cabinet.toml : nom, logo et couleurs à mettre sur les documents
    #[arg(long, alias = "branding", global = true, value_name = "FICHIER")]
    pub cabinet: Option<PathBuf>,
    /// Poser les questions ligne à ligne, sans plein écran
    #[arg(long, global = true)]
    pub simple: bool,
    /// Dessiner avec des caractères simples
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Couleurs de l'interface : automatique, contraste, projecteur ou mono
    #[arg(long, global = true, value_name = "THEME", value_parser = parse_theme)]
    pub theme: Option<ThemeName>,
    /// Caractères de l'interface : étendu, standard ou ascii
    #[arg(long, global = true, value_name = "JEU", value_parser = parse_glyphs)]
    pub glyphes: Option<GlyphSet>,
    /// Commencer en mode atelier : grand affichage, conseils, minuteur
    #[arg(long, global = true)]
    pub atelier: bool,
    /// Laisser la souris au terminal
    #[arg(long, alias = "no-mouse", global = true)]
    pub sans_souris: bool,
    /// Afficher cette aide
    #[arg(long, short = 'h', alias = "help", global = true, action = clap::ArgAction::Help)]
    pub aide: Option<bool>,
    /// Afficher la version
    #[arg(long, short = 'V', action = clap::ArgAction::Version)]
    pub version: Option<bool>,
}

/// Commandes.
#[derive(Debug, Subcommand)]
#[command(disable_help_flag = true, disable_help_subcommand = true)]
pub enum Command {
    /// Créer un dossier (en anglais : new)
    #[command(alias = "new", help_template = TEMPLATE)]
    Nouveau {
        /// Nom de l'entreprise
        nom: String,
        /// Réponses de départ, en TOML ou en JSON
        #[arg(
            long,
            alias = "answers",
            value_name = "FICHIER",
            help_heading = "Options"
        )]
        reponses: Option<PathBuf>,
    },
    /// Donner des réponses, et dire quelles questions s'ouvrent (en anglais : answer)
    #[command(alias = "answer", help_template = TEMPLATE)]
    Repondre {
        /// Nom court ou chemin du dossier
        dossier: String,
        /// ID=VALEUR ; « ? » pour je ne sais pas, « sans-objet: raison », « plus-tard », vide pour effacer
        #[arg(required = true, value_name = "ID=VALEUR")]
        reponses: Vec<String>,
    },
    /// Lister les questions, celles d'un dossier ou toutes
    #[command(help_template = TEMPLATE)]
    Questions {
        /// Nom court ou chemin du dossier
        dossier: Option<String>,
        /// Sortie JSON
        #[arg(long, help_heading = "Options")]
        json: bool,
    },
    /// Faire le bilan d'un dossier (en anglais : assess)
    #[command(alias = "assess", help_template = TEMPLATE)]
    Bilan {
        /// Nom court ou chemin du dossier
        dossier: String,
        /// Sortie JSON
        #[arg(long, help_heading = "Options")]
        json: bool,
        /// Sortir avec le code 1 si le niveau est moins bon
        #[arg(long, alias = "require", value_name = "NIVEAU", value_parser = parse_level, help_heading = "Options")]
        exiger: Option<Level>,
        /// Format du rapport complet ; sans fichier ni format, un résumé
        #[arg(
            long,
            value_enum,
            hide_possible_values = true,
            value_name = "html|pdf|markdown|texte|json",
            help_heading = "Options"
        )]
        format: Option<ReportFormat>,
        /// Fichier où écrire le rapport
        #[arg(
            short = 'o',
            long = "sortie",
            alias = "output",
            value_name = "FICHIER",
            help_heading = "Options"
        )]
        sortie: Option<PathBuf>,
    },
    /// Dresser le plan d'action
    #[command(help_template = TEMPLATE)]
    Plan {
        /// Nom court ou chemin du dossier
        dossier: String,
        /// Format
        #[arg(
            long,
            value_enum,
            hide_possible_values = true,
            value_name = "texte|markdown|pdf|csv|ics|xlsx|json",
            help_heading = "Options"
        )]
        format: Option<PlanFormat>,
        /// Sortie JSON
        #[arg(long, help_heading = "Options")]
        json: bool,
        /// Fichier où écrire
        #[arg(
            short = 'o',
            long = "sortie",
            alias = "output",
            value_name = "FICHIER",
            help_heading = "Options"
        )]
        sortie: Option<PathBuf>,
    },
    /// Écrire les documents, ou en dresser la liste (en anglais : render)
    #[command(alias = "render", help_template = TEMPLATE)]
    Documents {
        /// Nom court ou chemin du dossier
        dossier: String,
        /// Formats, séparés par des virgules ; fragment-listes est le code à coller, sans tableaux
        #[arg(
            long,
            value_delimiter = ',',
            default_value = "markdown",
            hide_default_value = true,
            value_name = "markdown,html,fragment,fragment-listes,texte,docx,pdf,xlsx,csv",
            help_heading = "Options"
        )]
        format: Vec<String>,
        /// Dossier où écrire, ou fichier avec --preuves
        #[arg(
            short = 'o',
            long = "sortie",
            alias = "output",
            value_name = "CHEMIN",
            help_heading = "Options"
        )]
        sortie: Option<PathBuf>,
        /// Documents voulus, séparés par des virgules
        #[arg(
            long,
            alias = "only",
            value_delimiter = ',',
            value_name = "ID,…",
            help_heading = "Options"
        )]
        seulement: Vec<String>,
        /// Réunir réponses, bilan, plan et documents dans une archive datée, avec leurs empreintes
        #[arg(long, alias = "proof", requires = "sortie", conflicts_with_all = ["liste", "json", "seulement", "format"], help_heading = "Options")]
        preuves: bool,
        /// Montrer ce que chaque fichier deviendrait, sans rien écrire
        #[arg(long, alias = "preview", conflicts_with_all = ["liste", "preuves"], help_heading = "Options")]
        voir: bool,
        /// Dire seulement ce qui est prêt, ce qui manque et pourquoi
        #[arg(long, alias = "list", help_heading = "Options")]
        liste: bool,
        /// Sortie JSON
        #[arg(long, help_heading = "Options")]
        json: bool,
    },
    /// Lire et compléter le registre des traitements (en anglais : activities)
    #[command(alias = "activities", help_template = TEMPLATE)]
    Traitements {
        /// Nom court ou chemin du dossier
        dossier: String,
        /// ID pour le détail ; ID.CHAMP=TEXTE pour écrire (« - » retire, vide revient au catalogue) ;
        /// ID=sans-objet: RAISON ; ID=oui ; ID= pour tout reprendre du catalogue ; +NOM pour ajouter
        #[arg(value_name = "ID[.CHAMP]=TEXTE")]
        modifications: Vec<String>,
        /// Sortie JSON
        #[arg(long, help_heading = "Options")]
        json: bool,
    },
    /// Comparer un dossier à deux dates (en anglais : compare)
    #[command(alias = "compare", help_template = TEMPLATE)]
    Comparer {
        /// Nom court ou chemin du dossier
        dossier: String,
        /// Première date ; la création du dossier si rien n'est dit
        #[arg(value_parser = parse_date)]
        avant: Option<Date>,
        /// Seconde date ; aujourd'hui si rien n'est dit
        #[arg(value_parser = parse_date)]
        apres: Option<Date>,
        /// Sortie JSON
        #[arg(long, help_heading = "Options")]
        json: bool,
    },
    /// Dire le droit d'un jour, ce qui a changé entre deux jours, ce qui est annoncé (en anglais : law)
    #[command(alias = "law", help_template = TEMPLATE)]
    Droit {
        /// Jour dont on veut le droit, ou début de la période ; aujourd'hui si rien n'est dit
        #[arg(value_name = "DATE", value_parser = parse_date)]
        avant: Option<Date>,
        /// Fin de la période
        #[arg(value_name = "DATE", value_parser = parse_date)]
        apres: Option<Date>,
        /// Sortie JSON
        #[arg(long, help_heading = "Options")]
        json: bool,
    },
    /// Lister les dossiers du classeur (en anglais : workspace)
    #[command(alias = "workspace", help_template = TEMPLATE)]
    Classeur {
        /// Sortie JSON
        #[arg(long, help_heading = "Options")]
        json: bool,
        /// Ajouter le bilan de chaque dossier
        #[arg(long, help_heading = "Options")]
        bilan: bool,
    },
    /// Relire questionnaires, modèles et dossiers (en anglais : lint)
    #[command(alias = "lint", help_template = TEMPLATE)]
    Verifier {
        /// Dossiers de contenu, dossiers d'entreprise ou fichiers dossier.toml
        #[arg(value_name = "CHEMIN")]
        chemins: Vec<PathBuf>,
        /// Sortie JSON
        #[arg(long, help_heading = "Options")]
        json: bool,
    },
    /// Écrire le schéma JSON des fichiers, pour les éditeurs
    #[command(help_template = TEMPLATE)]
    Schema {
        /// questionnaire, document, dossier ou cabinet
        #[arg(value_enum, default_value_t = SchemaKind::Questionnaire, hide_possible_values = true, hide_default_value = true)]
        genre: SchemaKind,
    },
    /// Écrire le script de complétion d'un interpréteur de commandes
    #[command(help_template = TEMPLATE)]
    Completions {
        /// bash, zsh, fish, elvish ou powershell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Écrire la page de manuel
    #[command(help_template = TEMPLATE)]
    Man,
}

/// Formats du rapport.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// Page à ouvrir dans un navigateur.
    Html,
    /// Pages à envoyer ou à imprimer.
    Pdf,
    /// Markdown.
    Markdown,
    /// Texte à lire.
    Texte,
    /// JSON.
    Json,
}

/// Formats du plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PlanFormat {
    /// Texte à lire.
    Texte,
    /// Markdown.
    Markdown,
    /// Pages à envoyer ou à imprimer.
    Pdf,
    /// Table pour tout tableur.
    Csv,
    /// Agenda.
    Ics,
    /// Classeur de tableur.
    Xlsx,
    /// JSON.
    Json,
}

/// Fichiers qui ont un schéma.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaKind {
    /// Fichiers de contenu.
    Questionnaire,
    /// Modèles de documents.
    Document,
    /// `dossier.toml`.
    Dossier,
    /// `cabinet.toml`.
    Cabinet,
}

/// The first day of the law that the questionnaires tell: the GDPR applies from then on (its
/// article 99).
const FIRST_DAY: Date = jiff::civil::date(2018, 5, 25);

fn parse_date(text: &str) -> Result<Date, String> {
    let date = input::date(text)?;
    if date < FIRST_DAY {
        return Err(
            "les questionnaires disent le droit à partir du 25/05/2018, jour où le RGPD s'applique"
                .to_owned(),
        );
    }
    Ok(date)
}

fn parse_theme(text: &str) -> Result<ThemeName, String> {
    ThemeName::from_word(&text.to_lowercase())
        .ok_or_else(|| "un thème est automatique, contraste, projecteur ou mono".to_owned())
}

fn parse_glyphs(text: &str) -> Result<GlyphSet, String> {
    GlyphSet::from_word(&text.to_lowercase())
        .ok_or_else(|| "un jeu de caractères est étendu, standard ou ascii".to_owned())
}

fn parse_level(text: &str) -> Result<Level, String> {
    match text.to_uppercase().as_str() {
        "A" => Ok(Level::A),
        "B" => Ok(Level::B),
        "C" => Ok(Level::C),
        "D" => Ok(Level::D),
        "E" => Ok(Level::E),
        _ => Err("un niveau est A, B, C, D ou E".into()),
    }
}
