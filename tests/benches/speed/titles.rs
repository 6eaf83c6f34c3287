//! As many careers and titles as the whole official list has (about 1,000 and 56,500), made up from a few words, so that
//! search is measured at the size that it is built for, whatever the shipped data hold.

use std::fmt::Write;
use std::fs;
use std::path::Path;

const OCCUPATIONS: usize = 1_000;
const TITLES_OF_EACH: usize = 56;

const KINDS: [&str; 24] = [
    "Senior",
    "Junior",
    "Chief",
    "Assistant",
    "Field",
    "Regional",
    "Clinical",
    "Marine",
    "Forensic",
    "Rural",
    "Digital",
    "Structural",
    "Industrial",
    "Public",
    "Community",
    "Technical",
    "Creative",
    "Surgical",
    "Night",
    "Contract",
    "Certified",
    "Licensed",
    "Associate",
    "Lead",
];
const FIELDS: [&str; 40] = [
    "Software",
    "Data",
    "Bridge",
    "Wildlife",
    "Payroll",
    "Dental",
    "Broadcast",
    "Textile",
    "Nuclear",
    "Water",
    "Crop",
    "Aviation",
    "Museum",
    "Speech",
    "Network",
    "Furniture",
    "Insurance",
    "Radiation",
    "Pastry",
    "Railroad",
    "Pediatric",
    "Mining",
    "Sound",
    "Costume",
    "Harbor",
    "Glass",
    "Energy",
    "Poultry",
    "Robotics",
    "Archive",
    "Traffic",
    "Solar",
    "Dairy",
    "Welding",
    "Court",
    "Housing",
    "Research",
    "Interior",
    "Security",
    "Sports",
];
const JOBS: [&str; 30] = [
    "Engineer",
    "Technician",
    "Analyst",
    "Inspector",
    "Nurse",
    "Designer",
    "Operator",
    "Planner",
    "Mechanic",
    "Therapist",
    "Buyer",
    "Editor",
    "Teacher",
    "Surveyor",
    "Manager",
    "Clerk",
    "Scientist",
    "Installer",
    "Assembler",
    "Coordinator",
    "Consultant",
    "Developer",
    "Auditor",
    "Dispatcher",
    "Grader",
    "Architect",
    "Adviser",
    "Supervisor",
    "Examiner",
    "Worker",
];

/// A copy of the project's data with the made-up occupations behind the real ones. Gives all titles.
pub fn fill(data: &Path, copy: &Path) -> Vec<String> {
    copy_folder(data, copy);
    let guide = fs::read_to_string(copy.join("careers/api-developer.md")).unwrap();
    let (_, body) = guide[3..].split_once("\n+++\n").unwrap();
    let (mut occupations, mut names, mut others) = (String::new(), String::new(), String::new());
    let mut titles = Vec::new();
    for number in 0..OCCUPATIONS {
        let soc = format!("90-{number:04}");
        let title = title(number * 7919);
        writeln!(occupations, "{soc}.00\t{soc}\t{title}\tinformation_technology\t{}", number % 5 + 1)
            .unwrap();
        writeln!(names, "{soc}\t{title}\t{title}").unwrap();
        fs::write(copy.join(format!("careers/made-up-{number:04}.md")), front(number, &title) + body)
            .unwrap();
        titles.push(title);
        let mut own: Vec<String> =
            (0..TITLES_OF_EACH).map(|other| self::title(number * TITLES_OF_EACH + other)).collect();
        own.sort_unstable();
        own.dedup();
        for title in own {
            writeln!(others, "{soc}.00\t{title}").unwrap();
            titles.push(title);
        }
    }
    append(&copy.join("facts/occupation.tsv"), &occupations);
    append(&copy.join("facts/soc_title.tsv"), &names);
    append(&copy.join("facts/alternate_title.tsv"), &others);
    titles
}

/// What stands before a guide's text.
fn front(number: usize, title: &str) -> String {
    format!(
        "+++\nslug = \"made-up-{number:04}\"\ntitle = \"{title}\"\nsummary = \"A career of the bench.\"\n\
         alternate_titles = []\nkeywords = []\noccupation = \"90-{number:04}.00\"\nrelation = \"same\"\n\
         relation_note = \"\"\nreached_after = \"\"\nfield = \"information_technology\"\nsubjects = [\"mathematics\"]\n\
         written = 2026-01-01\nreviewed = false\n+++\n"
    )
}

fn title(number: usize) -> String {
    let kind = KINDS[number % KINDS.len()];
    let field = FIELDS[number / KINDS.len() % FIELDS.len()];
    let job = JOBS[number / (KINDS.len() * FIELDS.len()) % JOBS.len()];
    // Far more titles than combinations: the later ones get a number, as real lists have their variants.
    match number / (KINDS.len() * FIELDS.len() * JOBS.len()) {
        0 => format!("{kind} {field} {job}"),
        round => format!("{kind} {field} {job} {}", round + 1),
    }
}

/// Adds rows and sets right how many there are.
fn append(file: &Path, rows: &str) {
    let text = fs::read_to_string(file).unwrap();
    let before = text.lines().find_map(|line| line.strip_prefix("# rows: ")).unwrap().to_owned();
    let now = before.trim().parse::<usize>().unwrap() + rows.lines().count();
    let text = text.replacen(&format!("# rows: {before}"), &format!("# rows: {now}"), 1);
    fs::write(file, text + rows).unwrap();
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}
