//! Everything a person can do, one operation each.
pub mod applications; pub mod careers; pub mod changes; pub mod contract; pub mod errors; pub mod home; pub mod palette; pub mod settings; pub mod students; pub mod vault;
