"""Words for the codes of the store; translated where they are drawn."""

from lib.core.errors import N_

ROLES = {
    "member": N_("Team member"),
    "leader": N_("Team leader"),
    "commune": N_("Commune staff"),
    "station": N_("Health station"),
    "district": N_("District"),
    "province": N_("Province"),
    "inspector": N_("Inspector"),
    "administrator": N_("Administrator"),
}

TEAM_MODELS = {"hamlet": N_("Hamlet team"), "residential_area": N_("Residential-area team")}
TEAM_STATUS = {"active": N_("Active"), "reconstituting": N_("Being reconstituted"), "dissolved": N_("Dissolved")}
MEMBER_ROLES = {"leader": N_("Leader"), "deputy": N_("Deputy leader"), "member": N_("Member")}

DUTIES = {"accountable": N_("Accountable officer"), "deputy": N_("Deputy"), "committee": N_("Committee member")}

# The posts S0-16 lets lead a team come first.
POSITIONS = {
    "deputy_cell_secretary": N_("Deputy Party-cell secretary"),
    "hamlet_head": N_("Head of hamlet or quarter"),
    "front_head": N_("Head of the Front work committee"),
    "cell_secretary": N_("Party-cell secretary"),
    "deputy_hamlet_head": N_("Deputy head of hamlet or quarter"),
    "other": N_("Other post"),
}

CATEGORIES = {
    "party_member": N_("Party member"),
    "front_worker": N_("Front work"),
    "cell_committee": N_("Cell committee member"),
    "police": N_("Commune police officer"),
    "health_worker": N_("Hamlet health worker"),
    "hamlet_cadre": N_("Hamlet or quarter cadre"),
    "association": N_("Association or union"),
    "volunteer": N_("Volunteer"),
}

ORGANISATIONS = {
    "front": N_("Fatherland Front"),
    "women": N_("Women's Union"),
    "youth": N_("Youth Union"),
    "farmers": N_("Farmers' Association"),
    "veterans": N_("Veterans' Association"),
    "elderly": N_("Association of the Elderly"),
    "police": N_("Police"),
    "health": N_("Health sector"),
    "other": N_("Other"),
}

AVAILABILITY = {"available": N_("Available"), "isolating": N_("Isolating"), "ill": N_("Ill"), "leave": N_("On leave")}

EQUIPMENT = {
    "badge": N_("Badge or armband"),
    "masks": N_("Masks"),
    "sanitiser": N_("Hand sanitiser"),
    "thermometer": N_("Thermometer"),
    "loudspeaker": N_("Hand loudspeaker"),
    "notebook": N_("Notebook"),
}

SEXES = {"female": N_("Female"), "male": N_("Male")}

DWELLINGS = {
    "house": N_("House"),
    "boarding_room": N_("Boarding room"),
    "flat": N_("Flat"),
    "dormitory": N_("Dormitory"),
    "shop": N_("Shop"),
}

VULNERABILITIES = {
    "poor": N_("Poor household"),
    "elderly_alone": N_("Elderly living alone"),
    "disabled": N_("Person with a disability"),
    "pregnant": N_("Pregnant woman"),
    "chronic": N_("Chronic disease"),
    "child_under_5": N_("Child under 5"),
}

EXPOSURES = {
    "trader": N_("Market trader"),
    "driver": N_("Driver"),
    "factory": N_("Factory worker"),
    "health_worker": N_("Health worker"),
    "border": N_("Border work"),
}

HOUSEHOLD_STATUS = {
    "central_quarantine": N_("Whole household in central quarantine"),
    "locked_down_elsewhere": N_("Locked down elsewhere"),
    "moved": N_("Moved away"),
    "merged": N_("Merged with another household"),
}

RELATIONS = {
    "head": N_("Head of household"),
    "spouse": N_("Wife or husband"),
    "child": N_("Child"),
    "parent": N_("Parent"),
    "sibling": N_("Brother or sister"),
    "grandchild": N_("Grandchild"),
    "other_kin": N_("Other relative"),
    "lodger": N_("Tenant"),
}

RESIDENCES = {
    "permanent": N_("Permanent residence"),
    "temporary": N_("Temporary residence"),
    "guest": N_("Overnight guest"),
    "away": N_("Temporarily absent"),
}

OUTCOMES = {
    "met": N_("Met in person"),
    "phone": N_("By phone"),
    "absent": N_("Absent"),
    "refused": N_("Refused"),
    "central_quarantine": N_("Central quarantine"),
}

FLAGS = {
    "s": N_("Symptoms"),
    "v": N_("Guest or returnee"),
    "k": N_("Undeclared or violation"),
    "n": N_("Need"),
    "g": N_("Note"),
}

SYMPTOMS = {
    "fever": N_("Fever"),
    "cough": N_("Cough"),
    "sore_throat": N_("Sore throat"),
    "dyspnoea": N_("Shortness of breath"),
    "taste_loss": N_("Loss of taste"),
    "smell_loss": N_("Loss of smell"),
    "flu_like": N_("Cold or flu"),
    "fatigue": N_("Fatigue"),
    "runny_nose": N_("Runny nose"),
    "body_ache": N_("Body ache, chills"),
    "chest_pain": N_("Chest pain"),
    "diarrhoea": N_("Diarrhoea"),
}

ARRIVALS = {"guest": N_("Guest"), "returnee": N_("Returnee")}

NEEDS = {
    "food": N_("Food"),
    "medicine": N_("Medicine"),
    "chronic_care": N_("Care of a chronic disease"),
    "baby_supplies": N_("Milk and nappies"),
    "hospital_transport": N_("Transport to hospital"),
    "psychological": N_("Psychological support"),
    "other": N_("Another need"),
}

VIOLATIONS = {
    "not_declared": N_("No health declaration"),
    "no_mask": N_("No mask"),
    "gathering": N_("Gathering"),
    "left_isolation": N_("Left isolation"),
    "business": N_("Business in breach of the rules"),
    "other": N_("Another violation"),
}

# What the history calls the columns that changed.
FIELDS = {
    "sheet": N_("Code of the printed sheet"),
    "leadership": N_("Leadership and direction"),
    "difficulties": N_("Difficulties"),
    "proposals": N_("Proposals"),
    "assessment": N_("Assessment of the whole province"),
    "about": N_("Subject line, as in the document"),
    "active": N_("In use"),
    "added": N_("Added"),
    "addendum": N_("Number of the addendum"),
    "alive": N_("Simulated teams"),
    "as_of": N_("Figures as of"),
    "authority": N_("Signing authority"),
    "availability": N_("Availability"),
    "before": N_("Previously assigned"),
    "birth_year": N_("Year of birth"),
    "categories": N_("Categories"),
    "code": N_("Code"),
    "commitment_day": N_("Commitment signed on"),
    "coverage_target": N_("Target coverage, in percent"),
    "decision_day": N_("Date of the decision"),
    "decision_issuer": N_("Issued by"),
    "decision_no": N_("Number of the decision"),
    "decision_signer": N_("Signed by"),
    "documents": N_("Number of documents"),
    "dwelling": N_("Dwelling"),
    "duty": N_("Duty"),
    "equipment": N_("Equipment"),
    "exposures": N_("Exposure"),
    "form": N_("File"),
    "from_day": N_("From"),
    "from_hour": N_("From the hour"),
    "full_name": N_("Full name"),
    "group_name": N_("Self-managed group"),
    "hamlet_code": N_("Hamlet"),
    "hamlet_words": N_("What the units below the communes are called"),
    "hamlets": N_("Further hamlets"),
    "head_name": N_("Head of household"),
    "house_number": N_("House number or landmark"),
    "households": N_("Number of households"),
    "households_max": N_("Most households per team"),
    "households_min": N_("Fewest households per team"),
    "id_number": N_("Identity number"),
    "is_pilot": N_("Pilot team"),
    "issuer": N_("Issuing body"),
    "kind": N_("Kind"),
    "lane": N_("Lane"),
    "late_minutes": N_("Minutes late"),
    "list": N_("List"),
    "member_load_max": N_("Most households per member"),
    "model": N_("Model"),
    "name": N_("Name"),
    "note": N_("Note"),
    "officer": N_("Officer"),
    "organisation": N_("Organisation"),
    "person_count": N_("Number of persons"),
    "persons": N_("Persons"),
    "phone": N_("Telephone"),
    "phone2": N_("Second telephone"),
    "place": N_("Place"),
    "position": N_("Post"),
    "position_words": N_("Other post (specify)"),
    "recipients": N_("Recipients"),
    "registered_min": N_("Households on the lists of a commune, at least, in percent of those expected"),
    "relation": N_("Relation to the head"),
    "reporter": N_("Referred to in the text as"),
    "residence": N_("Residence"),
    "role": N_("Role"),
    "rows_changed": N_("Changed rows"),
    "rows_new": N_("New rows"),
    "rows_refused": N_("Refused rows"),
    "rows_taken": N_("Rows"),
    "salutation": N_("Addressed to"),
    "since_day": N_("Cumulative from"),
    "source": N_("Source"),
    "source_party": N_("Document of the Party"),
    "source_state": N_("Document of the State"),
    "sex": N_("Sex"),
    "status": N_("Status"),
    "stepped_down": N_("Previous leader"),
    "suffix": N_("Code after the number (e.g. HU, UBND)"),
    "superior": N_("Superior body"),
    "team_max": N_("Most members per team"),
    "team_min": N_("Fewest members per team"),
    "temporary_count": N_("Of these, temporary residents"),
    "training_day": N_("Trained on"),
    "until_day": N_("Until"),
    "username": N_("User name"),
    "version": N_("Version"),
    "vulnerabilities": N_("Vulnerability"),
    "walk_order": N_("Position in the walking order"),
}
