//! The memory of a program that holds keys and students' texts stays out of files: no core dumps, no other program of
//! the same person attached to it. Swap is the system's own matter; `docs/SECURITY.md` says so.

/// Asks the system for it, for this process; the limit goes over to the processes that it starts. To be called before
/// anything secret is read. Where the system refuses, the program goes on: records that can't be opened help nobody.
#[cfg(target_os = "linux")]
pub fn keep_out_of_files() {
    use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    if let Err(error) = setrlimit(Resource::Core, none) {
        tracing::warn!(code = error.raw_os_error(), "core dumps could not be limited");
    }
    if let Err(error) = set_dumpable_behavior(DumpableBehavior::NotDumpable) {
        tracing::warn!(code = error.raw_os_error(), "core dumps could not be switched off");
    }
}

/// Other systems write no core dumps of programs that did not ask for them.
#[cfg(not(target_os = "linux"))]
pub fn keep_out_of_files() {}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn no_core_dump_of_this_process_nor_of_one_that_it_starts() {
        keep_out_of_files();
        let limit = |limits: &str| {
            let line = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
            line.split_whitespace().skip(4).take(2).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(limit(&std::fs::read_to_string("/proc/self/limits").unwrap()), ["0", "0"]);
        let child = std::process::Command::new("cat").arg("/proc/self/limits").output().unwrap();
        assert_eq!(limit(&String::from_utf8(child.stdout).unwrap()), ["0", "0"]);
        let dumpable = rustix::process::dumpable_behavior().unwrap();
        assert_eq!(dumpable, rustix::process::DumpableBehavior::NotDumpable);
    }
}
