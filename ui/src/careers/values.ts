// The values of filters, in the order of the field they come from.

/** O*NET's sixteen career clusters. */
export const fields = [
  "agriculture_food_natural_resources",
  "architecture_construction",
  "arts_audio_video_technology_communications",
  "business_management_administration",
  "education_training",
  "finance",
  "government_public_administration",
  "health_science",
  "hospitality_tourism",
  "human_services",
  "information_technology",
  "law_public_safety_corrections_security",
  "manufacturing",
  "marketing",
  "science_technology_engineering_mathematics",
  "transportation_distribution_logistics",
];

/** The major groups of the Standard Occupational Classification. */
export const socGroups = [
  "11-0000",
  "13-0000",
  "15-0000",
  "17-0000",
  "19-0000",
  "21-0000",
  "23-0000",
  "25-0000",
  "27-0000",
  "29-0000",
  "31-0000",
  "33-0000",
  "35-0000",
  "37-0000",
  "39-0000",
  "41-0000",
  "43-0000",
  "45-0000",
  "47-0000",
  "49-0000",
  "51-0000",
  "53-0000",
  "55-0000",
];

/** The alphabet, and what begins with none of its letters. */
export const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ#"];

/** Entry education as the Bureau of Labor Statistics classes it, from none upward. */
export const educations = [
  "no_formal_educational_credential",
  "high_school_diploma_or_equivalent",
  "some_college_no_degree",
  "postsecondary_nondegree_award",
  "associates_degree",
  "bachelors_degree",
  "masters_degree",
  "doctoral_or_professional_degree",
];

/** Interest types in the order of the hexagon. */
export const interests = ["R", "I", "A", "S", "E", "C"];

/** Job zones. */
export const preparations = ["1", "2", "3", "4", "5"];

/** Least openings a year that can be chosen. */
export const openings = [1_000, 5_000, 10_000, 50_000, 100_000];

/** School subjects. */
export const subjects = [
  "mathematics",
  "computer_science",
  "physics",
  "chemistry",
  "biology",
  "english",
  "foreign_language",
  "history",
  "geography",
  "economics",
  "business",
  "art",
  "music",
  "drama",
  "physical_education",
  "psychology",
  "technology_and_design",
  "health",
  "philosophy",
  "media",
];
