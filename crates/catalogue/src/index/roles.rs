//! Words of titles that make a career another one's helper, teacher or overseer. Who types "plumber" means none of
//! these, unless they say so.

/// How far such a word takes a career away from the trade that it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// Helps, teaches or oversees those who do it.
    Far,
    /// Works beside them, or one step away.
    Near,
}

impl Role {
    /// The role that a folded word of a name tells.
    pub(super) fn of(folded: &str) -> Option<Self> {
        if FAR.binary_search(&folded).is_ok() {
            Some(Self::Far)
        } else {
            NEAR.binary_search(&folded).is_ok().then_some(Self::Near)
        }
    }

    /// What it takes from the score of a career whose title has the word, where that was not typed.
    pub(super) fn of_title(self) -> f32 {
        match self {
            Self::Far => 0.1,
            Self::Near => 0.04,
        }
    }

    /// The share of its value that a name with the word keeps, where no such word was typed.
    pub(super) fn of_name(self) -> f32 {
        match self {
            Self::Far => 0.84,
            Self::Near => 0.92,
        }
    }
}

#[rustfmt::skip]
const FAR: &[&str] = &[
    "aide", "aides", "apoyo", "apprentice", "asistente", "asistentes", "assistant", "assistants",
    "auxiliar", "auxiliares", "ayudante", "ayudantes", "docencia", "docente", "ensenanza", "helper",
    "helpers", "instructor", "instructors", "maestra", "maestro", "postsecondary", "profesor", "profesora",
    "profesores", "professor", "professors", "student", "supervision", "supervisor", "supervisora",
    "supervisors", "teacher", "teachers", "trainee", "trainees", "tutor", "tutors",
];

#[rustfmt::skip]
const NEAR: &[&str] = &[
    "administracion", "administrator", "administrators", "atencion", "attendant", "attendants",
    "caretakers", "clerk", "clerks", "coordinator", "direccion", "director", "directora", "directors",
    "gerencia", "gerente", "inspeccion", "inspector", "inspectora", "inspectors", "manager", "managers",
    "representative", "representatives", "sales", "salesperson", "tech", "technician", "technicians",
    "technologist", "technologists", "tecnica", "tecnico", "tecnicos", "ventas",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_sorted_so_that_they_are_found() {
        for list in [FAR, NEAR] {
            assert!(list.windows(2).all(|pair| pair[0] < pair[1]));
        }
        assert_eq!(Role::of("helpers"), Some(Role::Far));
        assert_eq!(Role::of("tecnica"), Some(Role::Near));
        assert_eq!(Role::of("plumbers"), None);
    }
}
