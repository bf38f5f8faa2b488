// Written by "npm run contract" from docs/openapi.json: change it there.

export const REFERRAL_SCHEMA: object = {
  "$ref": "#/components/schemas/SubmitReferralBody",
  "components": {
    "schemas": {
      "SubmitReferralBody": {
        "type": "object",
        "properties": {
          "senderReference": {
            "type": "string",
            "maxLength": 64,
            "description": "The sender's own case number.",
            "example": "HV-26-11-04417"
          },
          "reportedAt": {
            "type": "string",
            "format": "date-time",
            "description": "When the sender recorded the concern. Kept as evidence; every clock starts at our receipt.",
            "example": "2026-11-20T10:35:00Z"
          },
          "referrer": {
            "description": "Who refers the children, for the hub to ask back.",
            "allOf": [
              {
                "$ref": "#/components/schemas/ReferrerBody"
              }
            ],
            "example": {
              "name": "Bernadette Owusu-Lacey",
              "role": "Health visitor"
            }
          },
          "immediateDanger": {
            "type": "boolean",
            "description": "The sender believes a child is in danger now. They should also have dialled 999.",
            "example": false
          },
          "concern": {
            "description": "What the sender is worried about.",
            "allOf": [
              {
                "$ref": "#/components/schemas/ConcernBody"
              }
            ],
            "example": {
              "types": [
                "neglect"
              ],
              "summary": "Maya came to school without a coat for the third day and said there was no food at home.",
              "source": "first_hand"
            }
          },
          "children": {
            "minItems": 1,
            "maxItems": 12,
            "description": "Each with at least one of firstName, lastName or description; and at most one of dateOfBirth, expectedDateOfBirth, estimatedAge.",
            "example": [
              {
                "firstName": "Maya",
                "lastName": "Marsden-Pyke",
                "estimatedAge": 7
              }
            ],
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ChildBody"
            }
          },
          "adults": {
            "minItems": 0,
            "maxItems": 20,
            "description": "Parents, carers and other adults who matter.",
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/AdultBody"
            },
            "example": [
              {
                "relationship": "Mother"
              }
            ]
          },
          "parentsInformed": {
            "description": "Whether the parents know of the referral.",
            "allOf": [
              {
                "$ref": "#/components/schemas/ParentsInformedBody"
              }
            ],
            "example": {
              "informed": "yes"
            }
          },
          "agreement": {
            "description": "The family's agreement to work with services. It is not the lawful basis for sharing the information.",
            "allOf": [
              {
                "$ref": "#/components/schemas/AgreementBody"
              }
            ],
            "example": {
              "status": "given"
            }
          },
          "childsVoice": {
            "description": "What the children themselves say.",
            "allOf": [
              {
                "$ref": "#/components/schemas/ChildsVoiceBody"
              }
            ],
            "example": {
              "sought": "yes"
            }
          },
          "signsOfSafety": {
            "description": "The concern under the headings of Signs of Safety.",
            "allOf": [
              {
                "$ref": "#/components/schemas/SignsOfSafetyBody"
              }
            ],
            "example": {
              "worries": "There was no food in the flat.",
              "workingWell": "Maya comes to school every day."
            }
          },
          "otherAgencies": {
            "minItems": 0,
            "maxItems": 20,
            "description": "Agencies that know the family.",
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/OtherAgencyBody"
            },
            "example": [
              {
                "name": "Loomgate Surgery"
              }
            ]
          },
          "thresholdLevel": {
            "type": "integer",
            "minimum": 1,
            "maximum": 4,
            "description": "The level of need the sender thinks this meets.",
            "example": 3
          },
          "staffSafety": {
            "type": "string",
            "maxLength": 2000,
            "description": "A risk to staff who visit the family.",
            "example": "A large dog is loose in the yard."
          },
          "withholdFromFamily": {
            "type": "string",
            "maxLength": 2000,
            "description": "Facts that the family must not learn from the hub.",
            "example": "Who told the school."
          }
        },
        "required": [
          "referrer",
          "immediateDanger",
          "concern",
          "children",
          "parentsInformed",
          "agreement"
        ],
        "additionalProperties": false
      },
      "ReferrerBody": {
        "type": "object",
        "properties": {
          "name": {
            "type": "string",
            "maxLength": 200,
            "minLength": 1,
            "description": "Who refers.",
            "example": "Bernadette Owusu-Lacey"
          },
          "role": {
            "type": "string",
            "maxLength": 200,
            "minLength": 1,
            "description": "Their job or their part in the family.",
            "example": "Health visitor"
          },
          "phone": {
            "type": "string",
            "maxLength": 40,
            "description": "Where the hub can ring them today.",
            "example": "0161 496 0112"
          },
          "email": {
            "type": "string",
            "format": "email",
            "maxLength": 254,
            "description": "Where the hub sends that it has the referral.",
            "example": "b.owusu-lacey@tameway.example.org"
          },
          "relationshipToChild": {
            "type": "string",
            "maxLength": 200,
            "description": "How they know the child.",
            "example": "Saw the child at a home visit"
          }
        },
        "required": [
          "name",
          "role"
        ],
        "additionalProperties": false
      },
      "ConcernBody": {
        "type": "object",
        "properties": {
          "types": {
            "type": "array",
            "uniqueItems": true,
            "minItems": 1,
            "maxItems": 36,
            "items": {
              "type": "string",
              "enum": [
                "physical_abuse",
                "sexual_abuse",
                "emotional_abuse",
                "neglect",
                "medical_neglect",
                "fabricated_illness",
                "domestic_abuse",
                "child_sexual_exploitation",
                "child_criminal_exploitation",
                "serious_violence_or_gangs",
                "trafficking_or_modern_slavery",
                "female_genital_mutilation",
                "forced_marriage_or_honour_based_abuse",
                "faith_or_belief_abuse",
                "radicalisation",
                "child_on_child_abuse",
                "adult_in_position_of_trust",
                "unborn_child_risk",
                "missing_from_home_or_care",
                "self_harm_or_suicide",
                "child_mental_health",
                "child_substance_misuse",
                "parental_mental_health",
                "parental_substance_misuse",
                "parental_learning_disability",
                "homeless_young_person",
                "unaccompanied_asylum_seeking_child",
                "private_fostering",
                "moved_from_another_authority",
                "young_carer",
                "child_disability_or_illness",
                "school_attendance",
                "housing_or_money",
                "family_dispute",
                "early_parenting_support",
                "other"
              ],
              "x-enumDescriptions": {
                "physical_abuse": "Physical abuse",
                "sexual_abuse": "Sexual abuse",
                "emotional_abuse": "Emotional abuse",
                "neglect": "Neglect",
                "medical_neglect": "Medical neglect",
                "fabricated_illness": "Fabricated illness",
                "domestic_abuse": "Domestic abuse",
                "child_sexual_exploitation": "Child sexual exploitation",
                "child_criminal_exploitation": "Child criminal exploitation",
                "serious_violence_or_gangs": "Serious violence or gangs",
                "trafficking_or_modern_slavery": "Trafficking or modern slavery",
                "female_genital_mutilation": "Female genital mutilation",
                "forced_marriage_or_honour_based_abuse": "Forced marriage or honour based abuse",
                "faith_or_belief_abuse": "Abuse linked to faith or belief",
                "radicalisation": "Radicalisation",
                "child_on_child_abuse": "Child-on-child abuse",
                "adult_in_position_of_trust": "Adult in position of trust",
                "unborn_child_risk": "Unborn child risk",
                "missing_from_home_or_care": "Missing from home or care",
                "self_harm_or_suicide": "Self-harm or suicide",
                "child_mental_health": "Child mental health",
                "child_substance_misuse": "Child substance misuse",
                "parental_mental_health": "Parental mental health",
                "parental_substance_misuse": "Parental substance misuse",
                "parental_learning_disability": "Parental learning disability",
                "homeless_young_person": "Homeless young person",
                "unaccompanied_asylum_seeking_child": "Unaccompanied asylum seeking child",
                "private_fostering": "Private fostering",
                "moved_from_another_authority": "Moved from another authority",
                "young_carer": "Young carer",
                "child_disability_or_illness": "Child disability or illness",
                "school_attendance": "School attendance",
                "housing_or_money": "Housing or money",
                "family_dispute": "Family dispute",
                "early_parenting_support": "Early parenting support",
                "other": "Other"
              }
            },
            "description": "What the concern is about, the main type first.",
            "example": [
              "neglect"
            ]
          },
          "indicators": {
            "type": "array",
            "uniqueItems": true,
            "minItems": 0,
            "maxItems": 15,
            "items": {
              "type": "string",
              "enum": [
                "injury_to_non_mobile_child",
                "unexplained_or_changing_account",
                "disclosure_by_child",
                "alleged_perpetrator_has_access",
                "weapon_or_strangulation",
                "police_protection_used",
                "previous_child_removed",
                "birth_imminent",
                "travel_imminent",
                "suicidal_intent",
                "missing_now",
                "homeless_tonight",
                "life_threatening_medical_need",
                "young_child_left_alone",
                "child_locked_in_or_restrained"
              ],
              "x-enumDescriptions": {
                "injury_to_non_mobile_child": "Injury to a non-mobile child",
                "unexplained_or_changing_account": "Unexplained or changing account",
                "disclosure_by_child": "Disclosure by child",
                "alleged_perpetrator_has_access": "The person alleged to have caused harm has access to the child",
                "weapon_or_strangulation": "Weapon or strangulation",
                "police_protection_used": "Police protection used",
                "previous_child_removed": "Previous child removed",
                "birth_imminent": "Birth imminent",
                "travel_imminent": "Travel imminent",
                "suicidal_intent": "Suicidal intent",
                "missing_now": "Missing now",
                "homeless_tonight": "Homeless tonight",
                "life_threatening_medical_need": "Life threatening medical need",
                "young_child_left_alone": "Young child left alone",
                "child_locked_in_or_restrained": "Child locked in or restrained"
              }
            },
            "description": "Facts that may make the concern more urgent.",
            "example": [
              "disclosure_by_child"
            ]
          },
          "summary": {
            "type": "string",
            "maxLength": 20000,
            "minLength": 20,
            "description": "What was seen, heard and done, in plain words.",
            "example": "Maya came to school without a coat for the third day and said there was no food at home."
          },
          "source": {
            "type": "string",
            "enum": [
              "first_hand",
              "disclosed_by_child",
              "third_party",
              "anonymous_report"
            ],
            "x-enumDescriptions": {
              "first_hand": "First-hand",
              "disclosed_by_child": "Disclosed by child",
              "third_party": "Third party",
              "anonymous_report": "Anonymous report"
            },
            "description": "How the referrer knows of the concern.",
            "example": "first_hand"
          },
          "occurredAt": {
            "type": "string",
            "maxLength": 40,
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt].+)?$",
            "description": "When it happened: RFC 3339 date-time, or a date when the time is unknown.",
            "example": "2026-11-20T09:40:00Z"
          },
          "location": {
            "type": "string",
            "maxLength": 500,
            "description": "Where it happened.",
            "example": "At school"
          }
        },
        "required": [
          "types",
          "summary",
          "source"
        ],
        "additionalProperties": false
      },
      "ChildBody": {
        "type": "object",
        "properties": {
          "firstName": {
            "type": "string",
            "maxLength": 100,
            "description": "First name.",
            "example": "Maya"
          },
          "lastName": {
            "type": "string",
            "maxLength": 100,
            "description": "Last name.",
            "example": "Marsden-Pyke"
          },
          "otherNames": {
            "type": "array",
            "minItems": 0,
            "maxItems": 10,
            "items": {
              "type": "string",
              "maxLength": 200
            },
            "description": "Other names that the child goes by.",
            "example": [
              "May"
            ]
          },
          "dateOfBirth": {
            "type": "string",
            "format": "date",
            "description": "Date of birth.",
            "example": "2019-05-14"
          },
          "expectedDateOfBirth": {
            "type": "string",
            "format": "date",
            "description": "Expected date of birth of a child not yet born.",
            "example": "2027-01-30"
          },
          "estimatedAge": {
            "type": "integer",
            "minimum": 0,
            "maximum": 25,
            "description": "Age in years, where the date of birth is unknown.",
            "example": 7
          },
          "sex": {
            "type": "string",
            "enum": [
              "F",
              "M",
              "U"
            ],
            "x-enumDescriptions": {
              "F": "Female",
              "M": "Male",
              "U": "Not known"
            },
            "description": "Sex.",
            "example": "F"
          },
          "ethnicity": {
            "type": "string",
            "enum": [
              "WBRI",
              "WIRI",
              "WIRT",
              "WROM",
              "WOTH",
              "MWBC",
              "MWBA",
              "MWAS",
              "MOTH",
              "AIND",
              "APKN",
              "ABAN",
              "AOTH",
              "BCRB",
              "BAFR",
              "BOTH",
              "CHNE",
              "OOTH",
              "REFU",
              "NOBT"
            ],
            "x-enumDescriptions": {
              "WBRI": "White British",
              "WIRI": "White Irish",
              "WIRT": "Traveller of Irish heritage",
              "WROM": "Gypsy or Roma",
              "WOTH": "Any other White background",
              "MWBC": "White and Black Caribbean",
              "MWBA": "White and Black African",
              "MWAS": "White and Asian",
              "MOTH": "Any other mixed background",
              "AIND": "Indian",
              "APKN": "Pakistani",
              "ABAN": "Bangladeshi",
              "AOTH": "Any other Asian background",
              "BCRB": "Black Caribbean",
              "BAFR": "Black African",
              "BOTH": "Any other Black background",
              "CHNE": "Chinese",
              "OOTH": "Any other ethnic group",
              "REFU": "Refused",
              "NOBT": "Not yet obtained"
            },
            "description": "Ethnicity, by the children in need census.",
            "example": "WBRI"
          },
          "disabilities": {
            "type": "array",
            "uniqueItems": true,
            "minItems": 0,
            "maxItems": 13,
            "items": {
              "type": "string",
              "enum": [
                "NONE",
                "MOB",
                "HAND",
                "PC",
                "INC",
                "COMM",
                "LD",
                "HEAR",
                "VIS",
                "BEH",
                "CON",
                "AUT",
                "DDA"
              ],
              "x-enumDescriptions": {
                "NONE": "None",
                "MOB": "Mobility",
                "HAND": "Hand function",
                "PC": "Personal care",
                "INC": "Incontinence",
                "COMM": "Communication",
                "LD": "Learning",
                "HEAR": "Hearing",
                "VIS": "Vision",
                "BEH": "Behaviour",
                "CON": "Consciousness",
                "AUT": "Autism or Asperger syndrome",
                "DDA": "Another disability"
              }
            },
            "description": "Disabilities, by the children in need census.",
            "example": [
              "HEAR"
            ]
          },
          "nhsNumber": {
            "type": "string",
            "maxLength": 60,
            "pattern": "^[^0-9]*([0-9][^0-9]*){10}$",
            "description": "NHS number: ten digits with a valid check digit; spaces and hyphens are accepted and removed.",
            "example": "999 049 1321"
          },
          "upn": {
            "type": "string",
            "maxLength": 60,
            "pattern": "^[^A-Za-z0-9]*([A-Za-z0-9][^A-Za-z0-9]*){13}$",
            "description": "Unique Pupil Number, 13 characters with a valid check letter.",
            "example": "A950000178301"
          },
          "address": {
            "description": "Where the child lives.",
            "allOf": [
              {
                "$ref": "#/components/schemas/AddressBody"
              }
            ],
            "example": {
              "line1": "14 Loomfold Street",
              "line2": "Flat 2"
            }
          },
          "currentLocation": {
            "type": "string",
            "maxLength": 500,
            "description": "Where the child is now.",
            "example": "At school until 3:15pm"
          },
          "schoolOrSetting": {
            "type": "string",
            "maxLength": 200,
            "description": "School, nursery or other setting.",
            "example": "Loomgate Primary School"
          },
          "gp": {
            "type": "string",
            "maxLength": 200,
            "description": "General practice.",
            "example": "Loomgate Surgery"
          },
          "firstLanguage": {
            "type": "string",
            "maxLength": 100,
            "description": "The language that the child speaks best.",
            "example": "English"
          },
          "interpreterNeeded": {
            "type": "boolean",
            "description": "Whether the child needs an interpreter.",
            "example": false
          },
          "communicationNeeds": {
            "type": "string",
            "maxLength": 500,
            "description": "How to talk with the child.",
            "example": "Wears hearing aids"
          },
          "description": {
            "type": "string",
            "maxLength": 2000,
            "description": "For a child whose name is not known.",
            "example": "A girl of about seven in a green coat"
          }
        },
        "additionalProperties": false
      },
      "AdultBody": {
        "type": "object",
        "properties": {
          "name": {
            "type": "string",
            "maxLength": 200,
            "description": "Name.",
            "example": "Shannon Marsden"
          },
          "relationship": {
            "type": "string",
            "maxLength": 100,
            "minLength": 1,
            "description": "Who they are to the child.",
            "example": "Mother"
          },
          "dateOfBirth": {
            "type": "string",
            "format": "date",
            "description": "Date of birth.",
            "example": "1990-02-17"
          },
          "parentalResponsibility": {
            "type": "string",
            "enum": [
              "yes",
              "no",
              "unknown"
            ],
            "x-enumDescriptions": {
              "yes": "Yes",
              "no": "No",
              "unknown": "Unknown"
            },
            "description": "Whether they have parental responsibility.",
            "example": "yes"
          },
          "livesWithChild": {
            "type": "string",
            "enum": [
              "yes",
              "no",
              "unknown"
            ],
            "x-enumDescriptions": {
              "yes": "Yes",
              "no": "No",
              "unknown": "Unknown"
            },
            "description": "Whether they live with the child.",
            "example": "yes"
          },
          "allegedPerpetrator": {
            "type": "boolean",
            "description": "Whether they are alleged to have caused the child harm.",
            "example": false
          },
          "phone": {
            "type": "string",
            "maxLength": 40,
            "description": "Telephone number.",
            "example": "07700 900114"
          },
          "address": {
            "description": "Where they live.",
            "allOf": [
              {
                "$ref": "#/components/schemas/AddressBody"
              }
            ],
            "example": {
              "line1": "14 Loomfold Street",
              "line2": "Flat 2"
            }
          },
          "firstLanguage": {
            "type": "string",
            "maxLength": 100,
            "description": "The language that they speak best.",
            "example": "English"
          }
        },
        "required": [
          "relationship"
        ],
        "additionalProperties": false
      },
      "ParentsInformedBody": {
        "type": "object",
        "properties": {
          "informed": {
            "type": "string",
            "enum": [
              "yes",
              "no",
              "unknown"
            ],
            "x-enumDescriptions": {
              "yes": "Yes",
              "no": "No",
              "unknown": "Unknown"
            },
            "description": "Whether the parents know of the referral.",
            "example": "yes"
          },
          "notInformedReason": {
            "type": "string",
            "enum": [
              "increased_risk_to_child",
              "risk_to_another_person",
              "obstructs_police_investigation",
              "unjustified_delay",
              "loss_of_evidence",
              "other"
            ],
            "x-enumDescriptions": {
              "increased_risk_to_child": "Increased risk to child",
              "risk_to_another_person": "Risk to another person",
              "obstructs_police_investigation": "Obstructs police investigation",
              "unjustified_delay": "Unjustified delay",
              "loss_of_evidence": "Loss of evidence",
              "other": "Other"
            },
            "description": "Why they do not. Required when informed is 'no'.",
            "example": "increased_risk_to_child"
          },
          "notInformedDetail": {
            "type": "string",
            "maxLength": 2000,
            "description": "The reason in words.",
            "example": "The uncle lives with the parents."
          },
          "views": {
            "type": "string",
            "maxLength": 5000,
            "description": "What the parents say.",
            "example": "Her mother asked for help with food."
          }
        },
        "required": [
          "informed"
        ],
        "additionalProperties": false
      },
      "AgreementBody": {
        "type": "object",
        "properties": {
          "status": {
            "type": "string",
            "enum": [
              "given",
              "refused",
              "not_sought",
              "not_required"
            ],
            "x-enumDescriptions": {
              "given": "Given",
              "refused": "Refused",
              "not_sought": "Not sought",
              "not_required": "Not required"
            },
            "description": "Whether the family agrees to work with services.",
            "example": "given"
          },
          "givenBy": {
            "type": "string",
            "maxLength": 200,
            "description": "Who agreed.",
            "example": "Shannon Marsden, mother"
          },
          "evidence": {
            "type": "string",
            "enum": [
              "written",
              "verbal"
            ],
            "x-enumDescriptions": {
              "written": "Written",
              "verbal": "Verbal"
            },
            "description": "How they agreed.",
            "example": "verbal"
          },
          "notSoughtReason": {
            "type": "string",
            "maxLength": 2000,
            "description": "Why they were not asked.",
            "example": "The mother was at work."
          }
        },
        "required": [
          "status"
        ],
        "additionalProperties": false
      },
      "ChildsVoiceBody": {
        "type": "object",
        "properties": {
          "sought": {
            "type": "string",
            "enum": [
              "yes",
              "no"
            ],
            "x-enumDescriptions": {
              "yes": "Yes",
              "no": "No"
            },
            "description": "Whether the child was asked.",
            "example": "yes"
          },
          "words": {
            "type": "string",
            "maxLength": 5000,
            "description": "What the child said, in its own words.",
            "example": "I am always hungry."
          },
          "notSoughtReason": {
            "type": "string",
            "maxLength": 2000,
            "description": "Why the child was not asked.",
            "example": "The child is ten weeks old."
          }
        },
        "required": [
          "sought"
        ],
        "additionalProperties": false
      },
      "SignsOfSafetyBody": {
        "type": "object",
        "properties": {
          "worries": {
            "type": "string",
            "maxLength": 10000,
            "description": "What worries you.",
            "example": "There was no food in the flat."
          },
          "workingWell": {
            "type": "string",
            "maxLength": 10000,
            "description": "What works well.",
            "example": "Maya comes to school every day."
          },
          "needsToHappen": {
            "type": "string",
            "maxLength": 10000,
            "description": "What needs to happen.",
            "example": "A visit to the family this week."
          },
          "safetyScale": {
            "type": "integer",
            "minimum": 0,
            "maximum": 10,
            "description": "0 = things could not be worse, 10 = safe enough to close.",
            "example": 5
          }
        },
        "additionalProperties": false
      },
      "OtherAgencyBody": {
        "type": "object",
        "properties": {
          "name": {
            "type": "string",
            "maxLength": 200,
            "description": "Name of the agency.",
            "example": "Loomgate Surgery"
          },
          "contact": {
            "type": "string",
            "maxLength": 200,
            "description": "Who to ask there, and how.",
            "example": "0161 496 0140"
          },
          "role": {
            "type": "string",
            "maxLength": 200,
            "description": "What it does for the family.",
            "example": "General practice of the family"
          }
        },
        "required": [
          "name"
        ],
        "additionalProperties": false
      },
      "AddressBody": {
        "type": "object",
        "properties": {
          "line1": {
            "type": "string",
            "maxLength": 200,
            "description": "House and street.",
            "example": "14 Loomfold Street"
          },
          "line2": {
            "type": "string",
            "maxLength": 200,
            "description": "The rest of the address.",
            "example": "Flat 2"
          },
          "town": {
            "type": "string",
            "maxLength": 100,
            "description": "Town or village.",
            "example": "Ashton-under-Lyne"
          },
          "postcode": {
            "type": "string",
            "maxLength": 10,
            "description": "Postcode.",
            "example": "OL6 9ZZ"
          },
          "uprn": {
            "type": "string",
            "maxLength": 60,
            "pattern": "^[^0-9]*([0-9][^0-9]*){1,12}$",
            "description": "Unique Property Reference Number: one to twelve digits; spaces and hyphens are accepted and removed.",
            "example": "100012345678"
          },
          "noFixedAbode": {
            "type": "boolean",
            "description": "Whether the person lives nowhere in particular. The lines then say where letters reach them.",
            "example": false
          }
        },
        "additionalProperties": false
      }
    }
  }
};
