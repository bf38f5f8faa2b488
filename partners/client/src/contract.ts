// Written by "npm run contract" from docs/openapi.json: change it there.

export interface paths {
    "/oauth2/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let your program in, with an invitation of the hub
         * @description Send the invitation as Authorization: Bearer. It lets in one program of your agency, with its public key. Nothing private is sent.
         */
        post: operations["registerClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get an access token
         * @description Sign an assertion with the private key of your client, and send it as a form. The token is good for ten minutes: ask for the next one when it runs out, with a new assertion.
         */
        post: operations["issueToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/referrals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the referrals of your agency
         * @description The latest at the top, a page at a time. Find one by your own case number with senderReference. A referral that comes while you read stands before the first page, and is not on the next ones.
         */
        get: operations["listReferrals"];
        put?: never;
        /**
         * Refer one or more children
         * @description The referral is ours from the moment that you get 201.
         */
        post: operations["submitReferral"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/referrals/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a referral without sending it
         * @description Answers the faults that a submission would answer, and stores nothing of the referral.
         */
        post: operations["checkReferral"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/referrals/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask where a referral of your own stands
         * @description Send the ETag of the last answer as If-None-Match: while nothing has changed the answer is 304.
         */
        get: operations["readReferral"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/referrals/{reference}/information": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add information to a referral of your own, or put it right
         * @description At any time, also after the decision: then the person who decided is told. What you submitted stays as it was, and the correction stands beside it.
         */
        post: operations["addInformation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/referrals/{reference}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that your agency withdraws a referral of its own
         * @description It closes nothing. A person of the hub reads why, and decides: a concern that was told does not vanish.
         */
        post: operations["withdrawReferral"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/referrals/{reference}/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask how the files stand that you added to a referral
         * @description Each with whether the hub checked it for viruses, and what it found.
         */
        get: operations["listAttachments"];
        put?: never;
        /**
         * Begin to add a file to a referral of your own
         * @description PDF, pictures and Word documents of up to 20 MB, 20 files a referral, also after the decision. The answer says in which parts the file comes: send each, then complete it. A file that is not completed goes after 24 hours.
         */
        post: operations["beginAttachment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/referrals/{reference}/attachments/{attachment}/parts/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Send a part of a file
         * @description In any order, several at the same time, and again where no answer came: the part that came last counts.
         */
        put: operations["storeAttachmentPart"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/referrals/{reference}/attachments/{attachment}/completion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete a file: all its parts are sent
         * @description The hub compares size and SHA-256, and looks at the content. Then the file is added to the referral. Safe to repeat.
         */
        post: operations["completeAttachment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask what happened since you asked last
         * @description Keep page.next of each answer, and send it as after the next time: each event then comes once, and none is missed for as long as you ask within 90 days, after which events are removed. Without after the list begins with the oldest that is kept. An event says that there is something to read, and not what. Events of information requests need the scope information:answer.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the endpoints of your agency */
        get: operations["listWebhookEndpoints"];
        put?: never;
        /**
         * Say where your program is told of what happened
         * @description From now on the hub posts each event there, signed as Standard Webhooks says, within seconds. Answer 2xx within ten seconds. Until then it is sent again under the same webhook-id, for 72 hours. The secret is in this answer only.
         */
        post: operations["addWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhook-endpoints/{endpoint}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how an endpoint of your agency stands */
        get: operations["readWebhookEndpoint"];
        put?: never;
        post?: never;
        /**
         * Remove an endpoint of your agency
         * @description Nothing more is sent to it, also of what waits. Ask for events at /api/v1/events instead.
         */
        delete: operations["removeWebhookEndpoint"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhook-endpoints/{endpoint}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get the next secret of an endpoint
         * @description For 24 hours the secret of before signs as well: each call has both signatures, and your receiver takes either. Rotate twice to end a secret that others may have at once.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhook-endpoints/{endpoint}/switch-on": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Switch an endpoint on again
         * @description What waits is sent at once, and what happened while it was off follows, for as long as events are kept (90 days).
         */
        post: operations["switchOnWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhook-endpoints/{endpoint}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a test sent to an endpoint
         * @description A call of the type webhook.test, signed as every other, that is about nothing. The log says how it went. While one waits, asking again sends no other.
         */
        post: operations["testWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhook-endpoints/{endpoint}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the log of an endpoint
         * @description What waits, and what was sent in the last 30 days, with each call.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhook-endpoints/{endpoint}/deliveries/{delivery}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a delivery sent again
         * @description Under the same webhook-id, so that a receiver that has dealt with it knows it again. For another 72 hours, if need be.
         */
        post: operations["replayWebhookDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/code-lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the code lists and their versions
         * @description A version says whether the list has changed since you read it.
         */
        get: operations["listCodeLists"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/code-lists/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a code list with its words
         * @description Send the ETag of the last answer as If-None-Match: while nothing has changed the answer is 304.
         */
        get: operations["readCodeList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/information-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what the hub asks your agency
         * @description Those that wait for an answer, and those that were answered or withdrawn in the last 30 days.
         */
        get: operations["listInformationRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/information-requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one request to your agency
         * @description Send the ETag of the last answer as If-None-Match: while nothing has changed the answer is 304.
         */
        get: operations["readInformationRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/information-requests/{id}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer a request, or add to an answer
         * @description An answer is taken however the request stands. The answer that the hub had last, sent again as it is, is stored once: after a fault of the network send it again.
         */
        post: operations["answerInformationRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        RegistrationErrorAnswer: {
            /**
             * @description The kind of fault.
             * @example invalid_token
             * @enum {string}
             */
            error: "invalid_token" | "invalid_client_metadata";
            /**
             * @description Names what is wrong, and what is expected.
             * @example Send either public_key or jwks_uri
             */
            error_description: string;
        };
        RegistrationAnswer: {
            /**
             * Format: uuid
             * @description By which it names itself: `iss` and `sub` of its assertions.
             * @example 01900000-0000-7000-8000-000000000000
             */
            client_id: string;
            /**
             * @description When it was let in, in seconds since 1970.
             * @example 1795000000
             */
            client_id_issued_at: number;
            /**
             * @description As it was sent.
             * @example Loomgate School information system
             */
            client_name: string;
            /**
             * @description What it may ask for, between spaces.
             * @example referrals:submit referrals:read-own information:answer webhooks:manage
             */
            scope: string;
            /**
             * @description How it identifies itself.
             * @example private_key_jwt
             * @enum {string}
             */
            token_endpoint_auth_method: "private_key_jwt";
            /**
             * @description The name of its key, for `kid` in the header of its assertions. Left out for keys of an address.
             * @example kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k
             */
            key_id?: string;
        };
        RegistrationBody: {
            /**
             * @description What the program is called, for the people of the hub.
             * @example Loomgate School information system
             */
            client_name: string;
            /**
             * @description Its public key, as PEM or as a JSON Web Key. Or send `jwks_uri`: one of the two.
             * @example -----BEGIN PUBLIC KEY-----
             *     MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
             *     -----END PUBLIC KEY-----
             */
            public_key?: string;
            /**
             * @description The https address at which it shows its keys.
             * @example https://school.example.org/jwks.json
             */
            jwks_uri?: string;
        };
        TokenErrorAnswer: {
            /**
             * @description The kind of fault.
             * @example invalid_client
             * @enum {string}
             */
            error: "invalid_client" | "invalid_request" | "invalid_scope" | "unsupported_grant_type";
            /**
             * @description Names the parameter or the claim, and the value that is expected.
             * @example aud must be exactly https://mash.example.org/oauth2/token
             */
            error_description: string;
        };
        TokenAnswer: {
            /**
             * @description Send it as Authorization: Bearer.
             * @example mash_Zm9yIGV4YW1wbGUgb25seSwgbm8gcmVhbCB0b2tlbiE
             */
            access_token: string;
            /**
             * @description How the token is sent.
             * @example Bearer
             * @enum {string}
             */
            token_type: "Bearer";
            /**
             * @description The seconds for which it is good.
             * @example 600
             */
            expires_in: number;
            /**
             * @description What it is good for, between spaces.
             * @example referrals:submit referrals:read-own information:answer webhooks:manage
             */
            scope: string;
        };
        TokenRequestBody: {
            /**
             * @description How the client identifies itself.
             * @example client_credentials
             * @enum {string}
             */
            grant_type: "client_credentials";
            /**
             * @description What kind of assertion it is.
             * @example urn:ietf:params:oauth:client-assertion-type:jwt-bearer
             * @enum {string}
             */
            client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
            /**
             * @description A JWT that you sign with RS256, PS256, ES256 or EdDSA. iss and sub: the id of your client. aud: the address of this endpoint, to the character. exp: at most 300 seconds ahead. jti: a new text for each assertion. kid in the header, where the client has two keys.
             * @example eyJhbGciOiJFUzI1NiIsImtpZCI6IjEifQ.eyJpc3MiOiIwMTlhYmNkZS0ifQ.c2lnbmF0dXJl
             */
            client_assertion: string;
            /**
             * @description Fewer scopes than your client has, between spaces.
             * @example referrals:submit referrals:read-own information:answer webhooks:manage
             */
            scope?: string;
        };
        /** @description A value that was set apart, because it cannot be right. It never holds the value. */
        Warning: {
            /**
             * @description Where it was, as a JSON Pointer (RFC 6901).
             * @example /children/0/nhsNumber
             */
            pointer: string;
            /**
             * @description The kind of fault. New kinds may come.
             * @example nhs_number_check_digit
             */
            code: string;
            /**
             * @description What is expected, for the developer.
             * @example Must be ten digits with a valid check digit
             */
            detail: string;
        };
        /** @description The referral is ours. */
        ReferralReceived: {
            /**
             * @description Short enough to say on the telephone.
             * @example MASH-7K3F-9QXT
             */
            reference: string;
            /**
             * @description Where the referral stands.
             * @example received
             * @enum {string}
             */
            status: "received";
            /**
             * Format: date-time
             * @description Every clock starts here.
             * @example 2026-11-23T14:07:19.316Z
             */
            receivedAt: string;
            /**
             * Format: date-time
             * @description By when the hub means to have decided.
             * @example 2026-11-23T18:07:19.316Z
             */
            decisionExpectedBy: string;
            /**
             * @description What to do meanwhile.
             * @example If a child is in immediate danger, dial 999.
             */
            advice: string;
            /**
             * @description With Prefer: handling=lenient, the values that were set apart. Correct them when you know what is right.
             * @example [
             *       {
             *         "pointer": "/children/0/nhsNumber",
             *         "code": "nhs_number_check_digit",
             *         "detail": "Must be ten digits with a valid check digit"
             *       }
             *     ]
             */
            warnings?: components["schemas"]["Warning"][];
        };
        ReferrerBody: {
            /**
             * @description Who refers.
             * @example Bernadette Owusu-Lacey
             */
            name: string;
            /**
             * @description Their job or their part in the family.
             * @example Health visitor
             */
            role: string;
            /**
             * @description Where the hub can ring them today.
             * @example 0161 496 0112
             */
            phone?: string;
            /**
             * Format: email
             * @description Where the hub sends that it has the referral.
             * @example b.owusu-lacey@tameway.example.org
             */
            email?: string;
            /**
             * @description How they know the child.
             * @example Saw the child at a home visit
             */
            relationshipToChild?: string;
        };
        ConcernBody: {
            /**
             * @description What the concern is about, the main type first.
             * @example [
             *       "neglect"
             *     ]
             */
            types: ("physical_abuse" | "sexual_abuse" | "emotional_abuse" | "neglect" | "medical_neglect" | "fabricated_illness" | "domestic_abuse" | "child_sexual_exploitation" | "child_criminal_exploitation" | "serious_violence_or_gangs" | "trafficking_or_modern_slavery" | "female_genital_mutilation" | "forced_marriage_or_honour_based_abuse" | "faith_or_belief_abuse" | "radicalisation" | "child_on_child_abuse" | "adult_in_position_of_trust" | "unborn_child_risk" | "missing_from_home_or_care" | "self_harm_or_suicide" | "child_mental_health" | "child_substance_misuse" | "parental_mental_health" | "parental_substance_misuse" | "parental_learning_disability" | "homeless_young_person" | "unaccompanied_asylum_seeking_child" | "private_fostering" | "moved_from_another_authority" | "young_carer" | "child_disability_or_illness" | "school_attendance" | "housing_or_money" | "family_dispute" | "early_parenting_support" | "other")[];
            /**
             * @description Facts that may make the concern more urgent.
             * @example [
             *       "disclosure_by_child"
             *     ]
             */
            indicators?: ("injury_to_non_mobile_child" | "unexplained_or_changing_account" | "disclosure_by_child" | "alleged_perpetrator_has_access" | "weapon_or_strangulation" | "police_protection_used" | "previous_child_removed" | "birth_imminent" | "travel_imminent" | "suicidal_intent" | "missing_now" | "homeless_tonight" | "life_threatening_medical_need" | "young_child_left_alone" | "child_locked_in_or_restrained")[];
            /**
             * @description What was seen, heard and done, in plain words.
             * @example Maya came to school without a coat for the third day and said there was no food at home.
             */
            summary: string;
            /**
             * @description How the referrer knows of the concern.
             * @example first_hand
             * @enum {string}
             */
            source: "first_hand" | "disclosed_by_child" | "third_party" | "anonymous_report";
            /**
             * @description When it happened: RFC 3339 date-time, or a date when the time is unknown.
             * @example 2026-11-20T09:40:00Z
             */
            occurredAt?: string;
            /**
             * @description Where it happened.
             * @example At school
             */
            location?: string;
        };
        AddressBody: {
            /**
             * @description House and street.
             * @example 14 Loomfold Street
             */
            line1?: string;
            /**
             * @description The rest of the address.
             * @example Flat 2
             */
            line2?: string;
            /**
             * @description Town or village.
             * @example Ashton-under-Lyne
             */
            town?: string;
            /**
             * @description Postcode.
             * @example OL6 9ZZ
             */
            postcode?: string;
            /**
             * @description Unique Property Reference Number: one to twelve digits; spaces and hyphens are accepted and removed.
             * @example 100012345678
             */
            uprn?: string;
            /**
             * @description Whether the person lives nowhere in particular. The lines then say where letters reach them.
             * @example false
             */
            noFixedAbode?: boolean;
        };
        ChildBody: {
            /**
             * @description First name.
             * @example Maya
             */
            firstName?: string;
            /**
             * @description Last name.
             * @example Marsden-Pyke
             */
            lastName?: string;
            /**
             * @description Other names that the child goes by.
             * @example [
             *       "May"
             *     ]
             */
            otherNames?: string[];
            /**
             * Format: date
             * @description Date of birth.
             * @example 2019-05-14
             */
            dateOfBirth?: string;
            /**
             * Format: date
             * @description Expected date of birth of a child not yet born.
             * @example 2027-01-30
             */
            expectedDateOfBirth?: string;
            /**
             * @description Age in years, where the date of birth is unknown.
             * @example 7
             */
            estimatedAge?: number;
            /**
             * @description Sex.
             * @example F
             * @enum {string}
             */
            sex?: "F" | "M" | "U";
            /**
             * @description Ethnicity, by the children in need census.
             * @example WBRI
             * @enum {string}
             */
            ethnicity?: "WBRI" | "WIRI" | "WIRT" | "WROM" | "WOTH" | "MWBC" | "MWBA" | "MWAS" | "MOTH" | "AIND" | "APKN" | "ABAN" | "AOTH" | "BCRB" | "BAFR" | "BOTH" | "CHNE" | "OOTH" | "REFU" | "NOBT";
            /**
             * @description Disabilities, by the children in need census.
             * @example [
             *       "HEAR"
             *     ]
             */
            disabilities?: ("NONE" | "MOB" | "HAND" | "PC" | "INC" | "COMM" | "LD" | "HEAR" | "VIS" | "BEH" | "CON" | "AUT" | "DDA")[];
            /**
             * @description NHS number: ten digits with a valid check digit; spaces and hyphens are accepted and removed.
             * @example 999 049 1321
             */
            nhsNumber?: string;
            /**
             * @description Unique Pupil Number, 13 characters with a valid check letter.
             * @example A950000178301
             */
            upn?: string;
            /**
             * @description Where the child lives.
             * @example {
             *       "line1": "14 Loomfold Street",
             *       "line2": "Flat 2"
             *     }
             */
            address?: components["schemas"]["AddressBody"];
            /**
             * @description Where the child is now.
             * @example At school until 3:15pm
             */
            currentLocation?: string;
            /**
             * @description School, nursery or other setting.
             * @example Loomgate Primary School
             */
            schoolOrSetting?: string;
            /**
             * @description General practice.
             * @example Loomgate Surgery
             */
            gp?: string;
            /**
             * @description The language that the child speaks best.
             * @example English
             */
            firstLanguage?: string;
            /**
             * @description Whether the child needs an interpreter.
             * @example false
             */
            interpreterNeeded?: boolean;
            /**
             * @description How to talk with the child.
             * @example Wears hearing aids
             */
            communicationNeeds?: string;
            /**
             * @description For a child whose name is not known.
             * @example A girl of about seven in a green coat
             */
            description?: string;
        };
        AdultBody: {
            /**
             * @description Name.
             * @example Shannon Marsden
             */
            name?: string;
            /**
             * @description Who they are to the child.
             * @example Mother
             */
            relationship: string;
            /**
             * Format: date
             * @description Date of birth.
             * @example 1990-02-17
             */
            dateOfBirth?: string;
            /**
             * @description Whether they have parental responsibility.
             * @example yes
             * @enum {string}
             */
            parentalResponsibility?: "yes" | "no" | "unknown";
            /**
             * @description Whether they live with the child.
             * @example yes
             * @enum {string}
             */
            livesWithChild?: "yes" | "no" | "unknown";
            /**
             * @description Whether they are alleged to have caused the child harm.
             * @example false
             */
            allegedPerpetrator?: boolean;
            /**
             * @description Telephone number.
             * @example 07700 900114
             */
            phone?: string;
            /**
             * @description Where they live.
             * @example {
             *       "line1": "14 Loomfold Street",
             *       "line2": "Flat 2"
             *     }
             */
            address?: components["schemas"]["AddressBody"];
            /**
             * @description The language that they speak best.
             * @example English
             */
            firstLanguage?: string;
        };
        ParentsInformedBody: {
            /**
             * @description Whether the parents know of the referral.
             * @example yes
             * @enum {string}
             */
            informed: "yes" | "no" | "unknown";
            /**
             * @description Why they do not. Required when informed is 'no'.
             * @example increased_risk_to_child
             * @enum {string}
             */
            notInformedReason?: "increased_risk_to_child" | "risk_to_another_person" | "obstructs_police_investigation" | "unjustified_delay" | "loss_of_evidence" | "other";
            /**
             * @description The reason in words.
             * @example The uncle lives with the parents.
             */
            notInformedDetail?: string;
            /**
             * @description What the parents say.
             * @example Her mother asked for help with food.
             */
            views?: string;
        };
        AgreementBody: {
            /**
             * @description Whether the family agrees to work with services.
             * @example given
             * @enum {string}
             */
            status: "given" | "refused" | "not_sought" | "not_required";
            /**
             * @description Who agreed.
             * @example Shannon Marsden, mother
             */
            givenBy?: string;
            /**
             * @description How they agreed.
             * @example verbal
             * @enum {string}
             */
            evidence?: "written" | "verbal";
            /**
             * @description Why they were not asked.
             * @example The mother was at work.
             */
            notSoughtReason?: string;
        };
        ChildsVoiceBody: {
            /**
             * @description Whether the child was asked.
             * @example yes
             * @enum {string}
             */
            sought: "yes" | "no";
            /**
             * @description What the child said, in its own words.
             * @example I am always hungry.
             */
            words?: string;
            /**
             * @description Why the child was not asked.
             * @example The child is ten weeks old.
             */
            notSoughtReason?: string;
        };
        SignsOfSafetyBody: {
            /**
             * @description What worries you.
             * @example There was no food in the flat.
             */
            worries?: string;
            /**
             * @description What works well.
             * @example Maya comes to school every day.
             */
            workingWell?: string;
            /**
             * @description What needs to happen.
             * @example A visit to the family this week.
             */
            needsToHappen?: string;
            /**
             * @description 0 = things could not be worse, 10 = safe enough to close.
             * @example 5
             */
            safetyScale?: number;
        };
        OtherAgencyBody: {
            /**
             * @description Name of the agency.
             * @example Loomgate Surgery
             */
            name: string;
            /**
             * @description Who to ask there, and how.
             * @example 0161 496 0140
             */
            contact?: string;
            /**
             * @description What it does for the family.
             * @example General practice of the family
             */
            role?: string;
        };
        SubmitReferralBody: {
            /**
             * @description The sender's own case number.
             * @example HV-26-11-04417
             */
            senderReference?: string;
            /**
             * Format: date-time
             * @description When the sender recorded the concern. Kept as evidence; every clock starts at our receipt.
             * @example 2026-11-20T10:35:00Z
             */
            reportedAt?: string;
            /**
             * @description Who refers the children, for the hub to ask back.
             * @example {
             *       "name": "Bernadette Owusu-Lacey",
             *       "role": "Health visitor"
             *     }
             */
            referrer: components["schemas"]["ReferrerBody"];
            /**
             * @description The sender believes a child is in danger now. They should also have dialled 999.
             * @example false
             */
            immediateDanger: boolean;
            /**
             * @description What the sender is worried about.
             * @example {
             *       "types": [
             *         "neglect"
             *       ],
             *       "summary": "Maya came to school without a coat for the third day and said there was no food at home.",
             *       "source": "first_hand"
             *     }
             */
            concern: components["schemas"]["ConcernBody"];
            /**
             * @description Each with at least one of firstName, lastName or description; and at most one of dateOfBirth, expectedDateOfBirth, estimatedAge.
             * @example [
             *       {
             *         "firstName": "Maya",
             *         "lastName": "Marsden-Pyke",
             *         "estimatedAge": 7
             *       }
             *     ]
             */
            children: components["schemas"]["ChildBody"][];
            /**
             * @description Parents, carers and other adults who matter.
             * @example [
             *       {
             *         "relationship": "Mother"
             *       }
             *     ]
             */
            adults?: components["schemas"]["AdultBody"][];
            /**
             * @description Whether the parents know of the referral.
             * @example {
             *       "informed": "yes"
             *     }
             */
            parentsInformed: components["schemas"]["ParentsInformedBody"];
            /**
             * @description The family's agreement to work with services. It is not the lawful basis for sharing the information.
             * @example {
             *       "status": "given"
             *     }
             */
            agreement: components["schemas"]["AgreementBody"];
            /**
             * @description What the children themselves say.
             * @example {
             *       "sought": "yes"
             *     }
             */
            childsVoice?: components["schemas"]["ChildsVoiceBody"];
            /**
             * @description The concern under the headings of Signs of Safety.
             * @example {
             *       "worries": "There was no food in the flat.",
             *       "workingWell": "Maya comes to school every day."
             *     }
             */
            signsOfSafety?: components["schemas"]["SignsOfSafetyBody"];
            /**
             * @description Agencies that know the family.
             * @example [
             *       {
             *         "name": "Loomgate Surgery"
             *       }
             *     ]
             */
            otherAgencies?: components["schemas"]["OtherAgencyBody"][];
            /**
             * @description The level of need the sender thinks this meets.
             * @example 3
             */
            thresholdLevel?: number;
            /**
             * @description A risk to staff who visit the family.
             * @example A large dog is loose in the yard.
             */
            staffSafety?: string;
            /**
             * @description Facts that the family must not learn from the hub.
             * @example Who told the school.
             */
            withholdFromFamily?: string;
        };
        /** @description The referral could be sent as it is. Nothing was stored. */
        ReferralChecked: {
            /**
             * @description Always true: a referral that is not is a 422.
             * @example true
             * @enum {boolean}
             */
            valid: true;
            /**
             * @description What to do meanwhile.
             * @example If a child is in immediate danger, dial 999.
             */
            advice: string;
            /**
             * @description With Prefer: handling=lenient, the values that were set apart. Correct them when you know what is right.
             * @example [
             *       {
             *         "pointer": "/children/0/nhsNumber",
             *         "code": "nhs_number_check_digit",
             *         "detail": "Must be ten digits with a valid check digit"
             *       }
             *     ]
             */
            warnings?: components["schemas"]["Warning"][];
        };
        /** @description A referral of your own in a list. */
        ListedReferral: {
            /**
             * @description Short enough to say on the telephone.
             * @example MASH-7K3F-9QXT
             */
            reference: string;
            /**
             * @description Your own case number, as you sent it.
             * @example HV-26-11-04417
             */
            senderReference?: string;
            /**
             * @description Where the referral stands.
             * @example received
             * @enum {string}
             */
            status: "received" | "in_triage" | "decided";
            /**
             * Format: date-time
             * @description Every clock starts here.
             * @example 2026-11-23T14:07:19.316Z
             */
            receivedAt: string;
            /**
             * Format: date-time
             * @description By when the hub means to have decided.
             * @example 2026-11-23T18:07:19.316Z
             */
            decisionExpectedBy: string;
        };
        /** @description Where the list goes on. */
        Page: {
            /**
             * @description Send it as after. Absent where nothing follows.
             * @example WyIyMDI2LTExLTIzVDE0OjA3OjE5WiJd.p3Yx0b4n1QmT2cVdLw9aRg
             */
            next?: string;
            /**
             * @description Whether more items are there now.
             * @example true
             */
            hasMore: boolean;
        };
        /** @description A page of your own referrals. */
        Referrals: {
            /**
             * @description The latest at the top. Read one by its reference for what the referrer is told.
             * @example [
             *       {
             *         "reference": "MASH-7K3F-9QXT",
             *         "status": "received",
             *         "receivedAt": "2026-11-23T14:07:19.316Z",
             *         "decisionExpectedBy": "2026-11-23T18:07:19.316Z"
             *       }
             *     ]
             */
            data: components["schemas"]["ListedReferral"][];
            /**
             * @description Where the list goes on.
             * @example {
             *       "hasMore": true
             *     }
             */
            page: components["schemas"]["Page"];
        };
        /** @description What the referrer is told of the decision. It names no person. */
        Feedback: {
            /**
             * @description What was decided.
             * @example A social worker assesses what help the child and the family need.
             */
            decided: string;
            /**
             * @description Why, in brief.
             * @example The child may need help that only children’s social care can give.
             */
            reason: string;
            /**
             * @description What we ask of the referrer.
             * @example Go on supporting the child as you do.
             */
            asked: string;
            /**
             * @description How to add information.
             * @example If you learn anything new, ring the hub on 0161 496 0000.
             */
            toAddInformation: string;
            /**
             * @description How to challenge the decision.
             * @example If you do not agree, ring the hub and ask for a manager.
             */
            toChallenge: string;
        };
        /** @description Where a referral of your own stands. */
        ReferralStatus: {
            /**
             * @description Short enough to say on the telephone.
             * @example MASH-7K3F-9QXT
             */
            reference: string;
            /**
             * @description Where the referral stands.
             * @example received
             * @enum {string}
             */
            status: "received" | "in_triage" | "decided";
            /**
             * Format: date-time
             * @description Every clock starts here.
             * @example 2026-11-23T14:07:19.316Z
             */
            receivedAt: string;
            /**
             * Format: date-time
             * @description By when the hub means to have decided.
             * @example 2026-11-23T18:07:19.316Z
             */
            decisionExpectedBy: string;
            /**
             * @description There when we have decided, unless the referrer is not to be told.
             * @example {
             *       "decided": "A social worker assesses what help the child and the family need.",
             *       "reason": "The child may need help that only children’s social care can give.",
             *       "asked": "Go on supporting the child as you do.",
             *       "toAddInformation": "If you learn anything new, ring the hub on 0161 496 0000.",
             *       "toChallenge": "If you do not agree, ring the hub and ask for a manager."
             *     }
             */
            feedback?: components["schemas"]["Feedback"];
        };
        /** @description What your agency added to a referral. What was submitted stays as it was. */
        Addition: {
            /**
             * Format: uuid
             * @description Names the addition.
             * @example 019abf0e-6f3a-7c11-9d52-4b8e2f7a1c30
             */
            id: string;
            /**
             * @description The referral that it is of.
             * @example MASH-7K3F-9QXT
             */
            reference: string;
            /**
             * @description What was added.
             * @example information
             * @enum {string}
             */
            kind: "information" | "correction" | "withdrawal";
            /**
             * @description What the hub has to know, or why the referral is withdrawn.
             * @example Maya told her teacher today that she slept at an aunt’s since Friday.
             */
            words?: string;
            /**
             * @description Who says it.
             * @example Bernadette Owusu-Lacey, health visitor
             */
            saidBy: string;
            /**
             * @description Of a correction: the field of the referral.
             * @example /children/0/dateOfBirth
             */
            pointer?: string;
            /**
             * @description Of a correction: what is right there.
             * @example 2019-05-15
             */
            value?: string;
            /**
             * Format: date-time
             * @description When the hub had it.
             * @example 2026-11-24T09:12:03.420Z
             */
            addedAt: string;
        };
        AddInformationBody: {
            /**
             * @description Whether it is new, or puts something right that was sent.
             * @example information
             * @enum {string}
             */
            kind: "information" | "correction";
            /**
             * @description What the hub has to know. Required when kind is 'information'.
             * @example Maya told her teacher today that she slept at an aunt’s since Friday.
             */
            words?: string;
            /**
             * @description Who says it.
             * @example Bernadette Owusu-Lacey, health visitor
             */
            saidBy: string;
            /**
             * @description The field of the referral that is wrong or was left out, as a JSON Pointer (RFC 6901). Required when kind is 'correction', and only then.
             * @example /children/0/dateOfBirth
             */
            pointer?: string;
            /**
             * @description What is right there, as text. Required when kind is 'correction', and only then.
             * @example 2019-05-15
             */
            value?: string;
        };
        WithdrawReferralBody: {
            /**
             * @description Why your agency withdraws it.
             * @example The referral was of another child of the same name.
             */
            reason: string;
            /**
             * @description Who says it.
             * @example Bernadette Owusu-Lacey, health visitor
             */
            saidBy: string;
        };
        /** @description A file that your agency adds to a referral. */
        Attachment: {
            /**
             * Format: uuid
             * @description Names the file.
             * @example 019abf0e-6f3a-7c11-9d52-4b8e2f7a1c31
             */
            id: string;
            /**
             * @description The referral that it is added to.
             * @example MASH-7K3F-9QXT
             */
            reference: string;
            /**
             * @description What people of the hub see as its name.
             * @example Body map 20 November.pdf
             */
            name: string;
            /**
             * @description What it is by its content; until it is completed, what you said.
             * @example application/pdf
             * @enum {string}
             */
            mediaType: "application/pdf" | "image/jpeg" | "image/png" | "image/gif" | "image/webp" | "image/tiff" | "image/heic" | "application/vnd.openxmlformats-officedocument.wordprocessingml.document" | "application/msword";
            /**
             * @description Bytes.
             * @example 1310720
             */
            size: number;
            /**
             * @description The SHA-256 of the whole file.
             * @example 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae
             */
            sha256: string;
            /**
             * @description Who adds it.
             * @example Bernadette Owusu-Lacey, health visitor
             */
            saidBy: string;
            /**
             * @description What it shows.
             * @example Body map of the bruises that I saw on 20 November.
             */
            description?: string;
            /**
             * @description How it stands.
             * @example uploading
             * @enum {string}
             */
            state: "uploading" | "refused" | "waiting" | "clean" | "infected" | "not_scanned";
            /**
             * @description The bytes of each part but the last, which has what is left.
             * @example 1048576
             */
            partSize: number;
            /**
             * @description In how many parts it comes.
             * @example 2
             */
            parts: number;
            /**
             * @description The numbers of the parts that the hub has, from 1. Empty once it is completed.
             * @example [
             *       1
             *     ]
             */
            partsHere: number[];
            /**
             * Format: date-time
             * @description When it was begun. One that is not completed goes after 24 hours.
             * @example 2026-11-24T09:12:03.420Z
             */
            begunAt: string;
            /**
             * Format: date-time
             * @description When it was completed, and added to the referral.
             * @example 2026-11-24T09:12:03.420Z
             */
            addedAt?: string;
        };
        BeginAttachmentBody: {
            /**
             * @description What you call the file. People of the hub see it; folders and what is unseen are taken off.
             * @example Body map 20 November.pdf
             */
            name: string;
            /**
             * @description What you think that the file is. The hub looks at its content, and goes by that.
             * @example application/pdf
             * @enum {string}
             */
            mediaType: "application/pdf" | "image/jpeg" | "image/png" | "image/gif" | "image/webp" | "image/tiff" | "image/heic" | "application/vnd.openxmlformats-officedocument.wordprocessingml.document" | "application/msword";
            /**
             * @description The size of the whole file in bytes.
             * @example 1310720
             */
            size: number;
            /**
             * @description The SHA-256 of the whole file, in hexadecimal digits.
             * @example 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae
             */
            sha256: string;
            /**
             * @description Who adds it.
             * @example Bernadette Owusu-Lacey, health visitor
             */
            saidBy: string;
            /**
             * @description What the file shows, for the person who reads the referral.
             * @example Body map of the bruises that I saw on 20 November.
             */
            description?: string;
        };
        /** @description The files of your agency that belong to one referral. */
        Attachments: {
            /**
             * @description Those that were begun first are first.
             * @example [
             *       {
             *         "id": "019abf0e-6f3a-7c11-9d52-4b8e2f7a1c31",
             *         "reference": "MASH-7K3F-9QXT",
             *         "name": "Body map 20 November.pdf",
             *         "mediaType": "application/pdf",
             *         "size": 1310720,
             *         "sha256": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
             *         "saidBy": "Bernadette Owusu-Lacey, health visitor",
             *         "state": "uploading",
             *         "partSize": 1048576,
             *         "parts": 2,
             *         "partsHere": [
             *           1
             *         ],
             *         "begunAt": "2026-11-24T09:12:03.420Z"
             *       }
             *     ]
             */
            attachments: components["schemas"]["Attachment"][];
        };
        /** @description What an event is about: ask for it to learn more. */
        EventData: {
            /**
             * @description The referral that it is about.
             * @example MASH-7K3F-9QXT
             */
            reference: string;
            /**
             * Format: uuid
             * @description The information request that it is about.
             * @example 019abf0e-6f3a-7c11-9d52-4b8e2f7a1c30
             */
            informationRequest?: string;
        };
        /** @description What happened. */
        Event: {
            /**
             * Format: uuid
             * @description Names the event.
             * @example 019abf0e-6f3a-7c11-9d52-4b8e2f7a1c30
             */
            id: string;
            /**
             * @description What kind of thing happened. New kinds may come.
             * @example referral.decided
             * @enum {string}
             */
            type: "referral.received" | "referral.in_triage" | "referral.decided" | "referral.reopened" | "feedback.available" | "information.requested" | "information.withdrawn";
            /**
             * Format: date-time
             * @description When it happened. An event may stand after one that happened later.
             * @example 2026-11-23T16:40:02.118Z
             */
            occurredAt: string;
            /**
             * @description What it is about.
             * @example {
             *       "reference": "MASH-7K3F-9QXT"
             *     }
             */
            data: components["schemas"]["EventData"];
        };
        /** @description What happened since your cursor. */
        Events: {
            /**
             * @description The earliest numbered first.
             * @example [
             *       {
             *         "id": "019abf0e-6f3a-7c11-9d52-4b8e2f7a1c30",
             *         "type": "referral.decided",
             *         "occurredAt": "2026-11-23T16:40:02.118Z",
             *         "data": {
             *           "reference": "MASH-7K3F-9QXT"
             *         }
             *       }
             *     ]
             */
            data: components["schemas"]["Event"][];
            /**
             * @description Keep its next, and ask with it the next time.
             * @example {
             *       "hasMore": true
             *     }
             */
            page: components["schemas"]["Page"];
        };
        /** @description An address at which the hub tells your program what happened. */
        WebhookEndpoint: {
            /**
             * Format: uuid
             * @description Names the endpoint.
             * @example 019abf0e-6f3a-7c11-9d52-4b8e2f7a1c30
             */
            id: string;
            /**
             * Format: uri
             * @description Where the hub calls.
             * @example https://records.example.org/mash/events
             */
            address: string;
            /**
             * Format: uuid
             * @description The client that added it. While that is suspended nothing is sent.
             * @example 019abf0d-2e51-7b3c-9a44-5f6e7d8c9b0a
             */
            clientId: string;
            /**
             * Format: date-time
             * @description When it was added. It is told of what happened since.
             * @example 2026-11-23T16:40:02.118Z
             */
            addedAt: string;
            /**
             * @description How it stands. New states may come.
             * @example on
             * @enum {string}
             */
            state: "on" | "failing" | "off" | "suspended";
            /**
             * Format: date-time
             * @description Since when each call has failed. Absent while calls succeed.
             * @example 2026-11-23T16:40:02.118Z
             */
            failingSince?: string;
            /**
             * Format: date-time
             * @description Since when it is switched off. Absent of one that is on.
             * @example 2026-11-23T16:40:02.118Z
             */
            offSince?: string;
            /**
             * @description Why it was switched off. Absent of one that is on.
             * @example failing
             * @enum {string}
             */
            offBecause?: "failing" | "gone";
            /**
             * Format: date-time
             * @description Until when the secret of before signs as well. Absent where none does.
             * @example 2026-11-23T16:40:02.118Z
             */
            oldSecretUntil?: string;
            /**
             * Format: date-time
             * @description When it last took a call, of the last 30 days.
             * @example 2026-11-23T16:40:02.118Z
             */
            lastDeliveredAt?: string;
            /**
             * @description Deliveries that wait.
             * @example 0
             */
            waiting: number;
        };
        /** @description The endpoints of your agency. */
        WebhookEndpoints: {
            /**
             * @description The first that was added at the top.
             * @example [
             *       {
             *         "id": "019abf0e-6f3a-7c11-9d52-4b8e2f7a1c30",
             *         "address": "https://records.example.org/mash/events",
             *         "clientId": "019abf0d-2e51-7b3c-9a44-5f6e7d8c9b0a",
             *         "addedAt": "2026-11-23T16:40:02.118Z",
             *         "state": "on",
             *         "waiting": 0
             *       }
             *     ]
             */
            data: components["schemas"]["WebhookEndpoint"][];
        };
        /** @description The endpoint, and the secret that signs its calls. */
        WebhookEndpointWithSecret: {
            /**
             * Format: uuid
             * @description Names the endpoint.
             * @example 019abf0e-6f3a-7c11-9d52-4b8e2f7a1c30
             */
            id: string;
            /**
             * Format: uri
             * @description Where the hub calls.
             * @example https://records.example.org/mash/events
             */
            address: string;
            /**
             * Format: uuid
             * @description The client that added it. While that is suspended nothing is sent.
             * @example 019abf0d-2e51-7b3c-9a44-5f6e7d8c9b0a
             */
            clientId: string;
            /**
             * Format: date-time
             * @description When it was added. It is told of what happened since.
             * @example 2026-11-23T16:40:02.118Z
             */
            addedAt: string;
            /**
             * @description How it stands. New states may come.
             * @example on
             * @enum {string}
             */
            state: "on" | "failing" | "off" | "suspended";
            /**
             * Format: date-time
             * @description Since when each call has failed. Absent while calls succeed.
             * @example 2026-11-23T16:40:02.118Z
             */
            failingSince?: string;
            /**
             * Format: date-time
             * @description Since when it is switched off. Absent of one that is on.
             * @example 2026-11-23T16:40:02.118Z
             */
            offSince?: string;
            /**
             * @description Why it was switched off. Absent of one that is on.
             * @example failing
             * @enum {string}
             */
            offBecause?: "failing" | "gone";
            /**
             * Format: date-time
             * @description Until when the secret of before signs as well. Absent where none does.
             * @example 2026-11-23T16:40:02.118Z
             */
            oldSecretUntil?: string;
            /**
             * Format: date-time
             * @description When it last took a call, of the last 30 days.
             * @example 2026-11-23T16:40:02.118Z
             */
            lastDeliveredAt?: string;
            /**
             * @description Deliveries that wait.
             * @example 0
             */
            waiting: number;
            /**
             * @description Signs the calls (Standard Webhooks). It is shown this once: keep it as you keep a password.
             * @example whsec_bm90IGEgc2VjcmV0LCBidXQgYW4gZXhhbXBsZSAgIQ==
             */
            secret: string;
        };
        AddWebhookEndpointBody: {
            /**
             * @description Where the hub calls: https, the usual port, and a server of the Internet by its name.
             * @example https://records.example.org/mash/events
             */
            address: string;
        };
        /** @description One call of a delivery. The body of your answer is not kept. */
        WebhookAttempt: {
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-11-23T16:40:02.118Z
             */
            at: string;
            /**
             * @description The status of your answer. Absent where none came.
             * @example 503
             */
            status?: number;
            /**
             * @description Why it failed. Absent where it did not. New faults may come.
             * @example refused
             * @enum {string}
             */
            fault?: "not-an-address" | "not-https" | "other-port" | "names-a-person" | "not-a-name" | "not-of-the-internet" | "too-long" | "has-a-fragment" | "not-found" | "inside-a-network" | "no-connection" | "too-slow" | "sends-elsewhere" | "other-status" | "too-much" | "packed" | "refused" | "gone";
        };
        /** @description One event for one endpoint, or a test of it. */
        WebhookDelivery: {
            /**
             * Format: uuid
             * @description Names the delivery.
             * @example 019abf0f-11c2-7a40-8e05-0c7d1b2a9f63
             */
            id: string;
            /**
             * Format: uuid
             * @description The header webhook-id of each call, and the id of the event.
             * @example 019abf0e-7a2b-7d90-b1c3-6e5d4c3b2a19
             */
            messageId: string;
            /**
             * @description What it is about. New kinds may come.
             * @example referral.decided
             * @enum {string}
             */
            type: "referral.received" | "referral.in_triage" | "referral.decided" | "referral.reopened" | "feedback.available" | "information.requested" | "information.withdrawn" | "webhook.test";
            /**
             * @description How it stands.
             * @example delivered
             * @enum {string}
             */
            state: "waiting" | "delivered" | "failed" | "not_sent";
            /**
             * Format: date-time
             * @description Since when it is in the log.
             * @example 2026-11-23T16:40:02.118Z
             */
            madeAt: string;
            /**
             * Format: date-time
             * @description When it is sent next. Absent of one that does not wait.
             * @example 2026-11-23T16:40:02.118Z
             */
            dueAt?: string;
            /**
             * @description Its last calls, the latest at the top.
             * @example [
             *       {
             *         "at": "2026-11-23T16:40:02.118Z"
             *       }
             *     ]
             */
            attempts: components["schemas"]["WebhookAttempt"][];
        };
        /** @description The log of an endpoint. */
        WebhookDeliveries: {
            /**
             * @description The latest at the top.
             * @example [
             *       {
             *         "id": "019abf0f-11c2-7a40-8e05-0c7d1b2a9f63",
             *         "messageId": "019abf0e-7a2b-7d90-b1c3-6e5d4c3b2a19",
             *         "type": "referral.decided",
             *         "state": "delivered",
             *         "madeAt": "2026-11-23T16:40:02.118Z",
             *         "attempts": [
             *           {
             *             "at": "2026-11-23T16:40:02.118Z"
             *           }
             *         ]
             *       }
             *     ]
             */
            data: components["schemas"]["WebhookDelivery"][];
            /**
             * @description Where the log goes on.
             * @example {
             *       "hasMore": true
             *     }
             */
            page: components["schemas"]["Page"];
        };
        /** @description A list of codes, without its codes. */
        CodeListVersion: {
            /**
             * @description Names the list.
             * @example sexes
             */
            name: string;
            /**
             * @description Another one when a code or its words have changed, and only then.
             * @example 4f1c09ab77e2
             */
            version: string;
            /**
             * @description What the codes say.
             * @example Sex
             */
            title: string;
        };
        /** @description The lists of codes of what you send. */
        CodeLists: {
            /**
             * @description Every list.
             * @example [
             *       {
             *         "name": "sexes",
             *         "version": "4f1c09ab77e2",
             *         "title": "Sex"
             *       }
             *     ]
             */
            data: components["schemas"]["CodeListVersion"][];
        };
        /** @description A code with what it is called. */
        Code: {
            /**
             * @description As you send it.
             * @example F
             */
            code: string;
            /**
             * @description As people read it.
             * @example Female
             */
            words: string;
        };
        /** @description A list of codes. */
        CodeList: {
            /**
             * @description Names the list.
             * @example sexes
             */
            name: string;
            /**
             * @description Another one when a code or its words have changed, and only then.
             * @example 4f1c09ab77e2
             */
            version: string;
            /**
             * @description What the codes say.
             * @example Sex
             */
            title: string;
            /**
             * @description Each code, in the order of the list.
             * @example [
             *       {
             *         "code": "F",
             *         "words": "Female"
             *       }
             *     ]
             */
            codes: components["schemas"]["Code"][];
        };
        /** @description A child that the hub asks about. */
        AskedChild: {
            /**
             * @description As referred, or the beginning of a description; absent where neither is known.
             * @example Maya Marsden-Pyke
             */
            name?: string;
            /**
             * Format: date
             * @description Absent where it is not known.
             * @example 2019-05-14
             */
            dateOfBirth?: string;
        };
        /** @description What your agency answered. */
        InformationAnswer: {
            /**
             * @description Whether anything is known.
             * @example known
             * @enum {string}
             */
            kind: "nothing_known" | "known" | "refused";
            /**
             * @description What is known, or why it is refused.
             * @example Two reports in 2025, both of shouting at night. No child was hurt.
             */
            words?: string;
            /**
             * @description Who knows the children best at your agency.
             * @example PC Amos Tully
             */
            leadWorker?: string;
            /**
             * Format: date
             * @description The day of your last contact with the children.
             * @example 2025-10-02
             */
            lastContactOn?: string;
            /**
             * @description How far the answer may go.
             * @example receiving_service
             * @enum {string}
             */
            handling: "may_share_with_family" | "receiving_service" | "hub_only" | "not_on_file";
            /**
             * Format: date-time
             * @description When the hub had it.
             * @example 2026-11-23T15:21:40.120Z
             */
            answeredAt: string;
        };
        /** @description What the hub asks your agency about some children. */
        InformationRequest: {
            /**
             * Format: uuid
             * @description Names the request.
             * @example 019abf0e-6f3a-7c11-9d52-4b8e2f7a1c30
             */
            id: string;
            /**
             * @description The referral that it is about.
             * @example MASH-7K3F-9QXT
             */
            reference: string;
            /**
             * @description How the request stands.
             * @example answered
             * @enum {string}
             */
            state: "open" | "answered" | "withdrawn";
            /**
             * @description The children that it is about.
             * @example [
             *       {
             *         "name": "Maya Marsden-Pyke",
             *         "dateOfBirth": "2019-05-14"
             *       }
             *     ]
             */
            children: components["schemas"]["AskedChild"][];
            /**
             * @description What the hub needs to know.
             * @example Whether the family is known, and any report of violence at home.
             */
            whatFor: string;
            /**
             * @description Why the hub needs it now.
             * @example A strategy discussion is held this afternoon.
             */
            whyNow: string;
            /**
             * @description The power under which the hub asks.
             * @example section_47
             * @enum {string}
             */
            power: "section_47" | "section_27" | "public_task" | "agreement";
            /**
             * Format: date-time
             * @description When the hub asked.
             * @example 2026-11-23T14:20:00Z
             */
            askedAt: string;
            /**
             * Format: date-time
             * @description By when the hub needs your answer. It changes when the referral is rated otherwise.
             * @example 2026-11-23T16:20:00Z
             */
            dueAt: string;
            /**
             * @description Your answers, the first at the top: also those that the hub wrote down on the telephone.
             * @example [
             *       {
             *         "kind": "known",
             *         "handling": "receiving_service",
             *         "answeredAt": "2026-11-23T15:21:40.120Z"
             *       }
             *     ]
             */
            answers: components["schemas"]["InformationAnswer"][];
        };
        /** @description What the hub asks your agency. */
        InformationRequests: {
            /**
             * @description First those that are open, by the time at which they are due; then those that were answered or withdrawn in the last 30 days, the latest first. At most 200 of either.
             * @example [
             *       {
             *         "id": "019abf0e-6f3a-7c11-9d52-4b8e2f7a1c30",
             *         "reference": "MASH-7K3F-9QXT",
             *         "state": "answered",
             *         "children": [
             *           {
             *             "name": "Maya Marsden-Pyke",
             *             "dateOfBirth": "2019-05-14"
             *           }
             *         ],
             *         "whatFor": "Whether the family is known, and any report of violence at home.",
             *         "whyNow": "A strategy discussion is held this afternoon.",
             *         "power": "section_47",
             *         "askedAt": "2026-11-23T14:20:00Z",
             *         "dueAt": "2026-11-23T16:20:00Z",
             *         "answers": [
             *           {
             *             "kind": "known",
             *             "handling": "receiving_service",
             *             "answeredAt": "2026-11-23T15:21:40.120Z"
             *           }
             *         ]
             *       }
             *     ]
             */
            requests: components["schemas"]["InformationRequest"][];
        };
        AnswerRequestBody: {
            /**
             * @description Whether anything is known.
             * @example known
             * @enum {string}
             */
            kind: "nothing_known" | "known" | "refused";
            /**
             * @description What is known, or why it is refused. Required when kind is 'known' or 'refused'.
             * @example Two reports in 2025, both of shouting at night. No child was hurt.
             */
            words?: string;
            /**
             * @description Who knows the children best at your agency.
             * @example PC Amos Tully
             */
            leadWorker?: string;
            /**
             * Format: date
             * @description The day of your last contact with the children, from 2000-01-01 to today.
             * @example 2025-10-02
             */
            lastContactOn?: string;
            /**
             * @description How far your answer may go.
             * @example receiving_service
             * @enum {string}
             */
            handling: "may_share_with_family" | "receiving_service" | "hub_only" | "not_on_file";
        };
        /** @description One place in the body that is wrong. It never holds what was sent there. */
        Fault: {
            /**
             * @description Where it is, as a JSON Pointer (RFC 6901); empty for the whole body.
             * @example /children/0/nhsNumber
             */
            pointer: string;
            /**
             * @description The kind of fault. New kinds may come.
             * @example nhs_number_check_digit
             */
            code: string;
            /**
             * @description What is expected, for the developer.
             * @example Must be ten digits with a valid check digit
             */
            detail: string;
            /**
             * @description Line of the body, from 1.
             * @example 3
             */
            line?: number;
            /**
             * @description Character of that line, from 1.
             * @example 14
             */
            column?: number;
        };
        /** @description Why the answer is no success (RFC 9457). */
        Problem: {
            /**
             * @description The kind of problem.
             * @example urn:mash-triage:problem:invalid-referral
             * @enum {string}
             */
            type: "urn:mash-triage:problem:malformed-request" | "urn:mash-triage:problem:malformed-body" | "urn:mash-triage:problem:repeated-property" | "urn:mash-triage:problem:unknown-query-parameter" | "urn:mash-triage:problem:invalid-query-parameter" | "urn:mash-triage:problem:invalid-cursor" | "urn:mash-triage:problem:idempotency-key-required" | "urn:mash-triage:problem:idempotency-key-invalid" | "urn:mash-triage:problem:credential-missing" | "urn:mash-triage:problem:credential-unknown" | "urn:mash-triage:problem:not-found" | "urn:mash-triage:problem:method-not-allowed" | "urn:mash-triage:problem:not-acceptable" | "urn:mash-triage:problem:request-timeout" | "urn:mash-triage:problem:too-large" | "urn:mash-triage:problem:unsupported-media-type" | "urn:mash-triage:problem:part-not-octets" | "urn:mash-triage:problem:expectation-failed" | "urn:mash-triage:problem:invalid-referral" | "urn:mash-triage:problem:invalid-answer" | "urn:mash-triage:problem:invalid-addition" | "urn:mash-triage:problem:invalid-attachment" | "urn:mash-triage:problem:part-of-another-size" | "urn:mash-triage:problem:attachment-incomplete" | "urn:mash-triage:problem:invalid-webhook-endpoint" | "urn:mash-triage:problem:too-many-requests" | "urn:mash-triage:problem:headers-too-large" | "urn:mash-triage:problem:internal-error" | "urn:mash-triage:problem:unavailable" | "urn:mash-triage:problem:insufficient-scope" | "urn:mash-triage:problem:attachments-not-taken" | "urn:mash-triage:problem:too-many-attachments" | "urn:mash-triage:problem:attachment-completed" | "urn:mash-triage:problem:attachment-altered" | "urn:mash-triage:problem:attachment-not-taken" | "urn:mash-triage:problem:webhooks-off" | "urn:mash-triage:problem:webhook-address-taken" | "urn:mash-triage:problem:webhook-endpoints-enough" | "urn:mash-triage:problem:webhook-off" | "urn:mash-triage:problem:idempotency-key-in-use" | "urn:mash-triage:problem:idempotency-key-reused";
            /**
             * @description The kind of problem in words.
             * @example Some fields of the referral cannot be accepted
             */
            title: string;
            /**
             * @description The status of the answer.
             * @example 422
             */
            status: number;
            /**
             * @description What was done and what you can do.
             * @example Nothing was stored. Put the fields named in errors right and send it again.
             */
            detail?: string;
            /**
             * Format: uri
             * @description The address of a page that says when this kind of problem comes and what to do.
             * @example https://mash.example.org/problems/invalid-referral
             */
            help: string;
            /**
             * @description Names the request, for asking us about it.
             * @example urn:request:3f2b8c1e-9d0a-4c57-8c36-0b1f7a2d9e41
             */
            instance: string;
            /**
             * @description Each place that is wrong.
             * @example [
             *       {
             *         "pointer": "/children/0/nhsNumber",
             *         "code": "nhs_number_check_digit",
             *         "detail": "Must be ten digits with a valid check digit"
             *       }
             *     ]
             */
            errors?: components["schemas"]["Fault"][];
            /**
             * @description How many places are wrong beside those in errors.
             * @example 3
             */
            moreFaults?: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: {
        /**
         * @description The media type that the body must have.
         * @example application/json
         */
        "Accept-Post": string;
        /**
         * @description No cache may keep the answer.
         * @example no-store
         */
        "Cache-Control": string;
        /**
         * @description For browsers; other clients need not read it.
         * @example default-src 'none'
         */
        "Content-Security-Policy": string;
        /**
         * @description For browsers; other clients need not read it.
         * @example same-origin
         */
        "Cross-Origin-Opener-Policy": string;
        /**
         * @description For browsers; other clients need not read it.
         * @example same-origin
         */
        "Cross-Origin-Resource-Policy": string;
        /**
         * @description Since when your access token is of a kind that ends (RFC 9745). Only with one from before client ids.
         * @example @1763892000
         */
        Deprecation: string;
        /**
         * @description Changes when what you are shown changes, and only then. Send it as If-None-Match.
         * @example "k7Yx0b4n1QmT2cVdLw9aRg"
         */
        ETag: string;
        /**
         * @description true when this is the answer to a retry.
         * @example true
         */
        "Idempotency-Replayed": string;
        /**
         * @description The address of the next page (RFC 8288) of a list that goes on; with Deprecation, also where it is said what comes instead.
         * @example </api/v1/referrals?limit=50&after=WyIyMDI2LTExLTIzVDE0OjA3OjE5WiJd.p3Yx0b4n1QmT2cVdLw9aRg>; rel="next"
         */
        Link: string;
        /**
         * @description Where what was stored can be read.
         * @example /api/v1/referrals/MASH-7K3F-9QXT
         */
        Location: string;
        /**
         * @description For browsers; other clients need not read it.
         * @example ?1
         */
        "Origin-Agent-Cluster": string;
        /**
         * @description The preferences of Prefer that the answer meets (RFC 7240).
         * @example return=representation
         */
        "Preference-Applied": string;
        /**
         * @description What is left of your limit, and in how many seconds it is renewed. Not without a known credential.
         * @example "submissions";r=598;t=42
         */
        RateLimit: string;
        /**
         * @description The limit that holds for you: requests, and the seconds for which they are counted.
         * @example "submissions";q=600;w=60
         */
        "RateLimit-Policy": string;
        /**
         * @description For browsers; other clients need not read it.
         * @example no-referrer
         */
        "Referrer-Policy": string;
        /**
         * @description Seconds after which it is worth trying again.
         * @example 5
         */
        "Retry-After": string;
        /**
         * @description For browsers; other clients need not read it.
         * @example max-age=31536000; includeSubDomains
         */
        "Strict-Transport-Security": string;
        /**
         * @description When that access token runs out (RFC 8594).
         * @example Sun, 23 May 2027 10:00:00 GMT
         */
        Sunset: string;
        /**
         * @description How to identify yourself (RFC 6750).
         * @example Bearer realm="mash"
         */
        "WWW-Authenticate": string;
        /**
         * @description For browsers; other clients need not read it.
         * @example nosniff
         */
        "X-Content-Type-Options": string;
        /**
         * @description For browsers; other clients need not read it.
         * @example off
         */
        "X-DNS-Prefetch-Control": string;
        /**
         * @description For browsers; other clients need not read it.
         * @example noopen
         */
        "X-Download-Options": string;
        /**
         * @description For browsers; other clients need not read it.
         * @example SAMEORIGIN
         */
        "X-Frame-Options": string;
        /**
         * @description For browsers; other clients need not read it.
         * @example none
         */
        "X-Permitted-Cross-Domain-Policies": string;
        /**
         * @description Names the request: your own X-Request-Id when that was a UUID. Tell us when you ask about it.
         * @example 3f2b8c1e-9d0a-4c57-8c36-0b1f7a2d9e41
         */
        "X-Request-Id": string;
        /**
         * @description For browsers; other clients need not read it.
         * @example 0
         */
        "X-XSS-Protection": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    registerClient: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["RegistrationBody"];
            };
        };
        responses: {
            /** @description The program may ask for tokens now. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrationAnswer"];
                };
            };
            /** @description Something of the program is wrong. Or: The request is not HTTP as we can read it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrationErrorAnswer"];
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:malformed-request";
                        /** @enum {integer} */
                        status?: 400;
                    };
                };
            };
            /** @description The invitation is not good. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegistrationErrorAnswer"];
                };
            };
            /** @description The request did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:request-timeout";
                        /** @enum {integer} */
                        status?: 408;
                    };
                };
            };
            /** @description The body is larger than we take */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-large";
                        /** @enum {integer} */
                        status?: 413;
                    };
                };
            };
            /** @description We cannot do what the header Expect asks */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:expectation-failed";
                        /** @enum {integer} */
                        status?: 417;
                    };
                };
            };
            /** @description You have sent too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-many-requests";
                        /** @enum {integer} */
                        status?: 429;
                    };
                };
            };
            /** @description The headers of the request are larger than 16 kB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:headers-too-large";
                        /** @enum {integer} */
                        status?: 431;
                    };
                };
            };
            /** @description Something went wrong with us */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:internal-error";
                        /** @enum {integer} */
                        status?: 500;
                    };
                };
            };
            /** @description We cannot take or show anything at this moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unavailable";
                        /** @enum {integer} */
                        status?: 503;
                    };
                };
            };
        };
    };
    issueToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["TokenRequestBody"];
            };
        };
        responses: {
            /** @description The access token. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenAnswer"];
                };
            };
            /** @description Something of the request is wrong. Or: The request is not HTTP as we can read it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenErrorAnswer"];
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:malformed-request";
                        /** @enum {integer} */
                        status?: 400;
                    };
                };
            };
            /** @description The assertion is not accepted. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenErrorAnswer"];
                };
            };
            /** @description The request did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:request-timeout";
                        /** @enum {integer} */
                        status?: 408;
                    };
                };
            };
            /** @description The body is larger than we take */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-large";
                        /** @enum {integer} */
                        status?: 413;
                    };
                };
            };
            /** @description We cannot do what the header Expect asks */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:expectation-failed";
                        /** @enum {integer} */
                        status?: 417;
                    };
                };
            };
            /** @description You have sent too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-many-requests";
                        /** @enum {integer} */
                        status?: 429;
                    };
                };
            };
            /** @description The headers of the request are larger than 16 kB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:headers-too-large";
                        /** @enum {integer} */
                        status?: 431;
                    };
                };
            };
            /** @description Something went wrong with us */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:internal-error";
                        /** @enum {integer} */
                        status?: 500;
                    };
                };
            };
            /** @description We cannot take or show anything at this moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unavailable";
                        /** @enum {integer} */
                        status?: 503;
                    };
                };
            };
        };
    };
    listReferrals: {
        parameters: {
            query?: {
                /** @description Your own case number, as you sent it. */
                senderReference?: string;
                /** @description The page.next of the answer before: the list goes on from there. */
                after?: string;
                /** @description The most items that the answer has: from 1 to 100. */
                limit?: number;
            };
            header?: {
                /** @description handling=strict and return=representation are always met, and said to be; others are passed over. */
                Prefer?: string;
                /** @description ETags of answers that you have. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of your referrals. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Referrals"];
                };
            };
            /** @description Nothing has changed since that ETag. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not HTTP as we can read it. Or: The address has a query parameter that this operation does not know, or one of them twice. Or: A query parameter has a value that cannot be used. Or: The cursor in after is not one of this list */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:malformed-request" | "urn:mash-triage:problem:unknown-query-parameter" | "urn:mash-triage:problem:invalid-query-parameter" | "urn:mash-triage:problem:invalid-cursor";
                        /** @enum {integer} */
                        status?: 400;
                    };
                };
            };
            /** @description The request has no access token. Or: The access token is not one of ours, or is good no more */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:credential-missing" | "urn:mash-triage:problem:credential-unknown";
                        /** @enum {integer} */
                        status?: 401;
                    };
                };
            };
            /** @description The access token is not good for this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:insufficient-scope";
                        /** @enum {integer} */
                        status?: 403;
                    };
                };
            };
            /** @description We answer in JSON only */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-acceptable";
                        /** @enum {integer} */
                        status?: 406;
                    };
                };
            };
            /** @description The request did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:request-timeout";
                        /** @enum {integer} */
                        status?: 408;
                    };
                };
            };
            /** @description We cannot do what the header Expect asks */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:expectation-failed";
                        /** @enum {integer} */
                        status?: 417;
                    };
                };
            };
            /** @description You have sent too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-many-requests";
                        /** @enum {integer} */
                        status?: 429;
                    };
                };
            };
            /** @description The headers of the request are larger than 16 kB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:headers-too-large";
                        /** @enum {integer} */
                        status?: 431;
                    };
                };
            };
            /** @description Something went wrong with us */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:internal-error";
                        /** @enum {integer} */
                        status?: 500;
                    };
                };
            };
            /** @description We cannot take or show anything at this moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unavailable";
                        /** @enum {integer} */
                        status?: 503;
                    };
                };
            };
        };
    };
    submitReferral: {
        parameters: {
            query?: never;
            header: {
                /** @description With handling=lenient a referral whose only faults are soft ones is stored: a number with a wrong check digit, a date that cannot be, a telephone number or an e-mail address that cannot be used. The value is set apart for a person of the hub to look into, and warnings names it. Without it each fault is refused. */
                Prefer?: string;
                /** @description A new one for each thing that you send, the same one for each retry. */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubmitReferralBody"];
            };
        };
        responses: {
            /** @description Stored. The same answer again, with Idempotency-Replayed: true, for the same key and body. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReferralReceived"];
                };
            };
            /** @description The request is not HTTP as we can read it. Or: The body is not JSON. Or: An object of the body names a property twice. Or: The address has a query parameter that this operation does not know, or one of them twice. Or: An Idempotency-Key header is required. Or: The Idempotency-Key header cannot be used */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:malformed-request" | "urn:mash-triage:problem:malformed-body" | "urn:mash-triage:problem:repeated-property" | "urn:mash-triage:problem:unknown-query-parameter" | "urn:mash-triage:problem:idempotency-key-required" | "urn:mash-triage:problem:idempotency-key-invalid";
                        /** @enum {integer} */
                        status?: 400;
                    };
                };
            };
            /** @description The request has no access token. Or: The access token is not one of ours, or is good no more */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:credential-missing" | "urn:mash-triage:problem:credential-unknown";
                        /** @enum {integer} */
                        status?: 401;
                    };
                };
            };
            /** @description The access token is not good for this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:insufficient-scope";
                        /** @enum {integer} */
                        status?: 403;
                    };
                };
            };
            /** @description We answer in JSON only */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-acceptable";
                        /** @enum {integer} */
                        status?: 406;
                    };
                };
            };
            /** @description The request did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:request-timeout";
                        /** @enum {integer} */
                        status?: 408;
                    };
                };
            };
            /** @description The first request with this Idempotency-Key is still running */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:idempotency-key-in-use";
                        /** @enum {integer} */
                        status?: 409;
                    };
                };
            };
            /** @description The body is larger than we take */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-large";
                        /** @enum {integer} */
                        status?: 413;
                    };
                };
            };
            /** @description The body must be application/json in UTF-8, not compressed */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unsupported-media-type";
                        /** @enum {integer} */
                        status?: 415;
                    };
                };
            };
            /** @description We cannot do what the header Expect asks */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:expectation-failed";
                        /** @enum {integer} */
                        status?: 417;
                    };
                };
            };
            /** @description Some fields of the referral cannot be accepted. Or: This Idempotency-Key was used with another body */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:invalid-referral" | "urn:mash-triage:problem:idempotency-key-reused";
                        /** @enum {integer} */
                        status?: 422;
                    };
                };
            };
            /** @description You have sent too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-many-requests";
                        /** @enum {integer} */
                        status?: 429;
                    };
                };
            };
            /** @description The headers of the request are larger than 16 kB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:headers-too-large";
                        /** @enum {integer} */
                        status?: 431;
                    };
                };
            };
            /** @description Something went wrong with us */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:internal-error";
                        /** @enum {integer} */
                        status?: 500;
                    };
                };
            };
            /** @description We cannot take or show anything at this moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unavailable";
                        /** @enum {integer} */
                        status?: 503;
                    };
                };
            };
        };
    };
    checkReferral: {
        parameters: {
            query?: never;
            header?: {
                /** @description With handling=lenient a referral whose only faults are soft ones is stored: a number with a wrong check digit, a date that cannot be, a telephone number or an e-mail address that cannot be used. The value is set apart for a person of the hub to look into, and warnings names it. Without it each fault is refused. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubmitReferralBody"];
            };
        };
        responses: {
            /** @description A submission of this body would be stored. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReferralChecked"];
                };
            };
            /** @description The request is not HTTP as we can read it. Or: The body is not JSON. Or: An object of the body names a property twice. Or: The address has a query parameter that this operation does not know, or one of them twice */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:malformed-request" | "urn:mash-triage:problem:malformed-body" | "urn:mash-triage:problem:repeated-property" | "urn:mash-triage:problem:unknown-query-parameter";
                        /** @enum {integer} */
                        status?: 400;
                    };
                };
            };
            /** @description The request has no access token. Or: The access token is not one of ours, or is good no more */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:credential-missing" | "urn:mash-triage:problem:credential-unknown";
                        /** @enum {integer} */
                        status?: 401;
                    };
                };
            };
            /** @description The access token is not good for this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:insufficient-scope";
                        /** @enum {integer} */
                        status?: 403;
                    };
                };
            };
            /** @description We answer in JSON only */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-acceptable";
                        /** @enum {integer} */
                        status?: 406;
                    };
                };
            };
            /** @description The request did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:request-timeout";
                        /** @enum {integer} */
                        status?: 408;
                    };
                };
            };
            /** @description The body is larger than we take */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-large";
                        /** @enum {integer} */
                        status?: 413;
                    };
                };
            };
            /** @description The body must be application/json in UTF-8, not compressed */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unsupported-media-type";
                        /** @enum {integer} */
                        status?: 415;
                    };
                };
            };
            /** @description We cannot do what the header Expect asks */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:expectation-failed";
                        /** @enum {integer} */
                        status?: 417;
                    };
                };
            };
            /** @description Some fields of the referral cannot be accepted */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:invalid-referral";
                        /** @enum {integer} */
                        status?: 422;
                    };
                };
            };
            /** @description You have sent too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-many-requests";
                        /** @enum {integer} */
                        status?: 429;
                    };
                };
            };
            /** @description The headers of the request are larger than 16 kB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:headers-too-large";
                        /** @enum {integer} */
                        status?: 431;
                    };
                };
            };
            /** @description Something went wrong with us */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:internal-error";
                        /** @enum {integer} */
                        status?: 500;
                    };
                };
            };
            /** @description We cannot take or show anything at this moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unavailable";
                        /** @enum {integer} */
                        status?: 503;
                    };
                };
            };
        };
    };
    readReferral: {
        parameters: {
            query?: never;
            header?: {
                /** @description handling=strict and return=representation are always met, and said to be; others are passed over. */
                Prefer?: string;
                /** @description ETags of answers that you have. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description Short enough to say on the telephone. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How it stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReferralStatus"];
                };
            };
            /** @description Nothing has changed since that ETag. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not HTTP as we can read it. Or: The address has a query parameter that this operation does not know, or one of them twice */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:malformed-request" | "urn:mash-triage:problem:unknown-query-parameter";
                        /** @enum {integer} */
                        status?: 400;
                    };
                };
            };
            /** @description The request has no access token. Or: The access token is not one of ours, or is good no more */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:credential-missing" | "urn:mash-triage:problem:credential-unknown";
                        /** @enum {integer} */
                        status?: 401;
                    };
                };
            };
            /** @description The access token is not good for this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:insufficient-scope";
                        /** @enum {integer} */
                        status?: 403;
                    };
                };
            };
            /** @description There is nothing here that you may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-found";
                        /** @enum {integer} */
                        status?: 404;
                    };
                };
            };
            /** @description We answer in JSON only */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-acceptable";
                        /** @enum {integer} */
                        status?: 406;
                    };
                };
            };
            /** @description The request did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:request-timeout";
                        /** @enum {integer} */
                        status?: 408;
                    };
                };
            };
            /** @description We cannot do what the header Expect asks */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:expectation-failed";
                        /** @enum {integer} */
                        status?: 417;
                    };
                };
            };
            /** @description You have sent too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-many-requests";
                        /** @enum {integer} */
                        status?: 429;
                    };
                };
            };
            /** @description The headers of the request are larger than 16 kB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:headers-too-large";
                        /** @enum {integer} */
                        status?: 431;
                    };
                };
            };
            /** @description Something went wrong with us */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:internal-error";
                        /** @enum {integer} */
                        status?: 500;
                    };
                };
            };
            /** @description We cannot take or show anything at this moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unavailable";
                        /** @enum {integer} */
                        status?: 503;
                    };
                };
            };
        };
    };
    addInformation: {
        parameters: {
            query?: never;
            header: {
                /** @description handling=strict and return=representation are always met, and said to be; others are passed over. */
                Prefer?: string;
                /** @description A new one for each thing that you send, the same one for each retry. */
                "Idempotency-Key": string;
            };
            path: {
                /** @description Short enough to say on the telephone. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddInformationBody"];
            };
        };
        responses: {
            /** @description Stored. The same answer again, with Idempotency-Replayed: true, for the same key and body. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Addition"];
                };
            };
            /** @description The request is not HTTP as we can read it. Or: The body is not JSON. Or: An object of the body names a property twice. Or: The address has a query parameter that this operation does not know, or one of them twice. Or: An Idempotency-Key header is required. Or: The Idempotency-Key header cannot be used */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:malformed-request" | "urn:mash-triage:problem:malformed-body" | "urn:mash-triage:problem:repeated-property" | "urn:mash-triage:problem:unknown-query-parameter" | "urn:mash-triage:problem:idempotency-key-required" | "urn:mash-triage:problem:idempotency-key-invalid";
                        /** @enum {integer} */
                        status?: 400;
                    };
                };
            };
            /** @description The request has no access token. Or: The access token is not one of ours, or is good no more */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:credential-missing" | "urn:mash-triage:problem:credential-unknown";
                        /** @enum {integer} */
                        status?: 401;
                    };
                };
            };
            /** @description The access token is not good for this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:insufficient-scope";
                        /** @enum {integer} */
                        status?: 403;
                    };
                };
            };
            /** @description There is nothing here that you may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-found";
                        /** @enum {integer} */
                        status?: 404;
                    };
                };
            };
            /** @description We answer in JSON only */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-acceptable";
                        /** @enum {integer} */
                        status?: 406;
                    };
                };
            };
            /** @description The request did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:request-timeout";
                        /** @enum {integer} */
                        status?: 408;
                    };
                };
            };
            /** @description The body is larger than we take */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-large";
                        /** @enum {integer} */
                        status?: 413;
                    };
                };
            };
            /** @description The body must be application/json in UTF-8, not compressed */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unsupported-media-type";
                        /** @enum {integer} */
                        status?: 415;
                    };
                };
            };
            /** @description We cannot do what the header Expect asks */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:expectation-failed";
                        /** @enum {integer} */
                        status?: 417;
                    };
                };
            };
            /** @description Some fields of what you add cannot be accepted. Or: This Idempotency-Key was used with another body */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:invalid-addition" | "urn:mash-triage:problem:idempotency-key-reused";
                        /** @enum {integer} */
                        status?: 422;
                    };
                };
            };
            /** @description You have sent too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-many-requests";
                        /** @enum {integer} */
                        status?: 429;
                    };
                };
            };
            /** @description The headers of the request are larger than 16 kB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:headers-too-large";
                        /** @enum {integer} */
                        status?: 431;
                    };
                };
            };
            /** @description Something went wrong with us */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:internal-error";
                        /** @enum {integer} */
                        status?: 500;
                    };
                };
            };
            /** @description We cannot take or show anything at this moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unavailable";
                        /** @enum {integer} */
                        status?: 503;
                    };
                };
            };
        };
    };
    withdrawReferral: {
        parameters: {
            query?: never;
            header: {
                /** @description handling=strict and return=representation are always met, and said to be; others are passed over. */
                Prefer?: string;
                /** @description A new one for each thing that you send, the same one for each retry. */
                "Idempotency-Key": string;
            };
            path: {
                /** @description Short enough to say on the telephone. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WithdrawReferralBody"];
            };
        };
        responses: {
            /** @description Stored. The same answer again, with Idempotency-Replayed: true, for the same key and body. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Addition"];
                };
            };
            /** @description The request is not HTTP as we can read it. Or: The body is not JSON. Or: An object of the body names a property twice. Or: The address has a query parameter that this operation does not know, or one of them twice. Or: An Idempotency-Key header is required. Or: The Idempotency-Key header cannot be used */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:malformed-request" | "urn:mash-triage:problem:malformed-body" | "urn:mash-triage:problem:repeated-property" | "urn:mash-triage:problem:unknown-query-parameter" | "urn:mash-triage:problem:idempotency-key-required" | "urn:mash-triage:problem:idempotency-key-invalid";
                        /** @enum {integer} */
                        status?: 400;
                    };
                };
            };
            /** @description The request has no access token. Or: The access token is not one of ours, or is good no more */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:credential-missing" | "urn:mash-triage:problem:credential-unknown";
                        /** @enum {integer} */
                        status?: 401;
                    };
                };
            };
            /** @description The access token is not good for this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:insufficient-scope";
                        /** @enum {integer} */
                        status?: 403;
                    };
                };
            };
            /** @description There is nothing here that you may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-found";
                        /** @enum {integer} */
                        status?: 404;
                    };
                };
            };
            /** @description We answer in JSON only */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-acceptable";
                        /** @enum {integer} */
                        status?: 406;
                    };
                };
            };
            /** @description The request did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:request-timeout";
                        /** @enum {integer} */
                        status?: 408;
                    };
                };
            };
            /** @description The body is larger than we take */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-large";
                        /** @enum {integer} */
                        status?: 413;
                    };
                };
            };
            /** @description The body must be application/json in UTF-8, not compressed */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unsupported-media-type";
                        /** @enum {integer} */
                        status?: 415;
                    };
                };
            };
            /** @description We cannot do what the header Expect asks */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:expectation-failed";
                        /** @enum {integer} */
                        status?: 417;
                    };
                };
            };
            /** @description Some fields of what you add cannot be accepted. Or: This Idempotency-Key was used with another body */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:invalid-addition" | "urn:mash-triage:problem:idempotency-key-reused";
                        /** @enum {integer} */
                        status?: 422;
                    };
                };
            };
            /** @description You have sent too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-many-requests";
                        /** @enum {integer} */
                        status?: 429;
                    };
                };
            };
            /** @description The headers of the request are larger than 16 kB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:headers-too-large";
                        /** @enum {integer} */
                        status?: 431;
                    };
                };
            };
            /** @description Something went wrong with us */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:internal-error";
                        /** @enum {integer} */
                        status?: 500;
                    };
                };
            };
            /** @description We cannot take or show anything at this moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unavailable";
                        /** @enum {integer} */
                        status?: 503;
                    };
                };
            };
        };
    };
    listAttachments: {
        parameters: {
            query?: never;
            header?: {
                /** @description handling=strict and return=representation are always met, and said to be; others are passed over. */
                Prefer?: string;
            };
            path: {
                /** @description Short enough to say on the telephone. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Your files. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attachments"];
                };
            };
            /** @description The request is not HTTP as we can read it. Or: The address has a query parameter that this operation does not know, or one of them twice */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:malformed-request" | "urn:mash-triage:problem:unknown-query-parameter";
                        /** @enum {integer} */
                        status?: 400;
                    };
                };
            };
            /** @description The request has no access token. Or: The access token is not one of ours, or is good no more */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:credential-missing" | "urn:mash-triage:problem:credential-unknown";
                        /** @enum {integer} */
                        status?: 401;
                    };
                };
            };
            /** @description The access token is not good for this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:insufficient-scope";
                        /** @enum {integer} */
                        status?: 403;
                    };
                };
            };
            /** @description There is nothing here that you may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-found";
                        /** @enum {integer} */
                        status?: 404;
                    };
                };
            };
            /** @description We answer in JSON only */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-acceptable";
                        /** @enum {integer} */
                        status?: 406;
                    };
                };
            };
            /** @description The request did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:request-timeout";
                        /** @enum {integer} */
                        status?: 408;
                    };
                };
            };
            /** @description We cannot do what the header Expect asks */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:expectation-failed";
                        /** @enum {integer} */
                        status?: 417;
                    };
                };
            };
            /** @description You have sent too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-many-requests";
                        /** @enum {integer} */
                        status?: 429;
                    };
                };
            };
            /** @description The headers of the request are larger than 16 kB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:headers-too-large";
                        /** @enum {integer} */
                        status?: 431;
                    };
                };
            };
            /** @description Something went wrong with us */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:internal-error";
                        /** @enum {integer} */
                        status?: 500;
                    };
                };
            };
            /** @description We cannot take or show anything at this moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unavailable";
                        /** @enum {integer} */
                        status?: 503;
                    };
                };
            };
        };
    };
    beginAttachment: {
        parameters: {
            query?: never;
            header: {
                /** @description handling=strict and return=representation are always met, and said to be; others are passed over. */
                Prefer?: string;
                /** @description A new one for each thing that you send, the same one for each retry. */
                "Idempotency-Key": string;
            };
            path: {
                /** @description Short enough to say on the telephone. */
                reference: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BeginAttachmentBody"];
            };
        };
        responses: {
            /** @description Begun. The file as it stands now, with Idempotency-Replayed: true, for the same key and body. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attachment"];
                };
            };
            /** @description The request is not HTTP as we can read it. Or: The body is not JSON. Or: An object of the body names a property twice. Or: The address has a query parameter that this operation does not know, or one of them twice. Or: An Idempotency-Key header is required. Or: The Idempotency-Key header cannot be used */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:malformed-request" | "urn:mash-triage:problem:malformed-body" | "urn:mash-triage:problem:repeated-property" | "urn:mash-triage:problem:unknown-query-parameter" | "urn:mash-triage:problem:idempotency-key-required" | "urn:mash-triage:problem:idempotency-key-invalid";
                        /** @enum {integer} */
                        status?: 400;
                    };
                };
            };
            /** @description The request has no access token. Or: The access token is not one of ours, or is good no more */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:credential-missing" | "urn:mash-triage:problem:credential-unknown";
                        /** @enum {integer} */
                        status?: 401;
                    };
                };
            };
            /** @description The access token is not good for this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:insufficient-scope";
                        /** @enum {integer} */
                        status?: 403;
                    };
                };
            };
            /** @description There is nothing here that you may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-found";
                        /** @enum {integer} */
                        status?: 404;
                    };
                };
            };
            /** @description We answer in JSON only */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-acceptable";
                        /** @enum {integer} */
                        status?: 406;
                    };
                };
            };
            /** @description The request did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:request-timeout";
                        /** @enum {integer} */
                        status?: 408;
                    };
                };
            };
            /** @description This hub takes no files. Or: The referral has as many files as the hub takes */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:attachments-not-taken" | "urn:mash-triage:problem:too-many-attachments";
                        /** @enum {integer} */
                        status?: 409;
                    };
                };
            };
            /** @description The body is larger than we take */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-large";
                        /** @enum {integer} */
                        status?: 413;
                    };
                };
            };
            /** @description The body must be application/json in UTF-8, not compressed */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unsupported-media-type";
                        /** @enum {integer} */
                        status?: 415;
                    };
                };
            };
            /** @description We cannot do what the header Expect asks */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:expectation-failed";
                        /** @enum {integer} */
                        status?: 417;
                    };
                };
            };
            /** @description The file cannot be taken as you announce it. Or: This Idempotency-Key was used with another body */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:invalid-attachment" | "urn:mash-triage:problem:idempotency-key-reused";
                        /** @enum {integer} */
                        status?: 422;
                    };
                };
            };
            /** @description You have sent too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-many-requests";
                        /** @enum {integer} */
                        status?: 429;
                    };
                };
            };
            /** @description The headers of the request are larger than 16 kB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:headers-too-large";
                        /** @enum {integer} */
                        status?: 431;
                    };
                };
            };
            /** @description Something went wrong with us */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:internal-error";
                        /** @enum {integer} */
                        status?: 500;
                    };
                };
            };
            /** @description We cannot take or show anything at this moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unavailable";
                        /** @enum {integer} */
                        status?: 503;
                    };
                };
            };
        };
    };
    storeAttachmentPart: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Short enough to say on the telephone. */
                reference: string;
                /** @description Names the file. */
                attachment: string;
                /** @description Which part it is, from 1. */
                number: number;
            };
            cookie?: never;
        };
        /** @description The bytes of the part as they are. */
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Stored. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not HTTP as we can read it. Or: The address has a query parameter that this operation does not know, or one of them twice */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:malformed-request" | "urn:mash-triage:problem:unknown-query-parameter";
                        /** @enum {integer} */
                        status?: 400;
                    };
                };
            };
            /** @description The request has no access token. Or: The access token is not one of ours, or is good no more */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:credential-missing" | "urn:mash-triage:problem:credential-unknown";
                        /** @enum {integer} */
                        status?: 401;
                    };
                };
            };
            /** @description The access token is not good for this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:insufficient-scope";
                        /** @enum {integer} */
                        status?: 403;
                    };
                };
            };
            /** @description There is nothing here that you may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-found";
                        /** @enum {integer} */
                        status?: 404;
                    };
                };
            };
            /** @description We answer in JSON only */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-acceptable";
                        /** @enum {integer} */
                        status?: 406;
                    };
                };
            };
            /** @description The request did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:request-timeout";
                        /** @enum {integer} */
                        status?: 408;
                    };
                };
            };
            /** @description This hub takes no files. Or: The file is completed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:attachments-not-taken" | "urn:mash-triage:problem:attachment-completed";
                        /** @enum {integer} */
                        status?: 409;
                    };
                };
            };
            /** @description The body is larger than we take */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-large";
                        /** @enum {integer} */
                        status?: 413;
                    };
                };
            };
            /** @description A part must be application/octet-stream, not compressed */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:part-not-octets";
                        /** @enum {integer} */
                        status?: 415;
                    };
                };
            };
            /** @description We cannot do what the header Expect asks */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:expectation-failed";
                        /** @enum {integer} */
                        status?: 417;
                    };
                };
            };
            /** @description The part has another size than it must have */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:part-of-another-size";
                        /** @enum {integer} */
                        status?: 422;
                    };
                };
            };
            /** @description You have sent too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-many-requests";
                        /** @enum {integer} */
                        status?: 429;
                    };
                };
            };
            /** @description The headers of the request are larger than 16 kB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:headers-too-large";
                        /** @enum {integer} */
                        status?: 431;
                    };
                };
            };
            /** @description Something went wrong with us */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:internal-error";
                        /** @enum {integer} */
                        status?: 500;
                    };
                };
            };
            /** @description We cannot take or show anything at this moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unavailable";
                        /** @enum {integer} */
                        status?: 503;
                    };
                };
            };
        };
    };
    completeAttachment: {
        parameters: {
            query?: never;
            header?: {
                /** @description handling=strict and return=representation are always met, and said to be; others are passed over. */
                Prefer?: string;
            };
            path: {
                /** @description Short enough to say on the telephone. */
                reference: string;
                /** @description Names the file. */
                attachment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The hub has the file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attachment"];
                };
            };
            /** @description The request is not HTTP as we can read it. Or: The address has a query parameter that this operation does not know, or one of them twice */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:malformed-request" | "urn:mash-triage:problem:unknown-query-parameter";
                        /** @enum {integer} */
                        status?: 400;
                    };
                };
            };
            /** @description The request has no access token. Or: The access token is not one of ours, or is good no more */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:credential-missing" | "urn:mash-triage:problem:credential-unknown";
                        /** @enum {integer} */
                        status?: 401;
                    };
                };
            };
            /** @description The access token is not good for this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:insufficient-scope";
                        /** @enum {integer} */
                        status?: 403;
                    };
                };
            };
            /** @description There is nothing here that you may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-found";
                        /** @enum {integer} */
                        status?: 404;
                    };
                };
            };
            /** @description We answer in JSON only */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-acceptable";
                        /** @enum {integer} */
                        status?: 406;
                    };
                };
            };
            /** @description The request did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:request-timeout";
                        /** @enum {integer} */
                        status?: 408;
                    };
                };
            };
            /** @description Parts of the file are missing. Or: This hub takes no files. Or: The parts do not make the file that was begun */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:attachment-incomplete" | "urn:mash-triage:problem:attachments-not-taken" | "urn:mash-triage:problem:attachment-altered";
                        /** @enum {integer} */
                        status?: 409;
                    };
                };
            };
            /** @description We cannot do what the header Expect asks */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:expectation-failed";
                        /** @enum {integer} */
                        status?: 417;
                    };
                };
            };
            /** @description The content of the file is of no kind that the hub takes */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:attachment-not-taken";
                        /** @enum {integer} */
                        status?: 422;
                    };
                };
            };
            /** @description You have sent too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-many-requests";
                        /** @enum {integer} */
                        status?: 429;
                    };
                };
            };
            /** @description The headers of the request are larger than 16 kB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:headers-too-large";
                        /** @enum {integer} */
                        status?: 431;
                    };
                };
            };
            /** @description Something went wrong with us */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:internal-error";
                        /** @enum {integer} */
                        status?: 500;
                    };
                };
            };
            /** @description We cannot take or show anything at this moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unavailable";
                        /** @enum {integer} */
                        status?: 503;
                    };
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description The page.next of the answer before: the list goes on from there. */
                after?: string;
                /** @description The most items that the answer has: from 1 to 100. */
                limit?: number;
            };
            header?: {
                /** @description handling=strict and return=representation are always met, and said to be; others are passed over. */
                Prefer?: string;
                /** @description ETags of answers that you have. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What happened. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Events"];
                };
            };
            /** @description Nothing has changed since that ETag. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not HTTP as we can read it. Or: The address has a query parameter that this operation does not know, or one of them twice. Or: A query parameter has a value that cannot be used. Or: The cursor in after is not one of this list */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:malformed-request" | "urn:mash-triage:problem:unknown-query-parameter" | "urn:mash-triage:problem:invalid-query-parameter" | "urn:mash-triage:problem:invalid-cursor";
                        /** @enum {integer} */
                        status?: 400;
                    };
                };
            };
            /** @description The request has no access token. Or: The access token is not one of ours, or is good no more */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:credential-missing" | "urn:mash-triage:problem:credential-unknown";
                        /** @enum {integer} */
                        status?: 401;
                    };
                };
            };
            /** @description The access token is not good for this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:insufficient-scope";
                        /** @enum {integer} */
                        status?: 403;
                    };
                };
            };
            /** @description We answer in JSON only */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-acceptable";
                        /** @enum {integer} */
                        status?: 406;
                    };
                };
            };
            /** @description The request did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:request-timeout";
                        /** @enum {integer} */
                        status?: 408;
                    };
                };
            };
            /** @description We cannot do what the header Expect asks */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:expectation-failed";
                        /** @enum {integer} */
                        status?: 417;
                    };
                };
            };
            /** @description You have sent too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-many-requests";
                        /** @enum {integer} */
                        status?: 429;
                    };
                };
            };
            /** @description The headers of the request are larger than 16 kB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:headers-too-large";
                        /** @enum {integer} */
                        status?: 431;
                    };
                };
            };
            /** @description Something went wrong with us */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:internal-error";
                        /** @enum {integer} */
                        status?: 500;
                    };
                };
            };
            /** @description We cannot take or show anything at this moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unavailable";
                        /** @enum {integer} */
                        status?: 503;
                    };
                };
            };
        };
    };
    listWebhookEndpoints: {
        parameters: {
            query?: never;
            header?: {
                /** @description handling=strict and return=representation are always met, and said to be; others are passed over. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The endpoints of your agency. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoints"];
                };
            };
            /** @description The request is not HTTP as we can read it. Or: The address has a query parameter that this operation does not know, or one of them twice */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:malformed-request" | "urn:mash-triage:problem:unknown-query-parameter";
                        /** @enum {integer} */
                        status?: 400;
                    };
                };
            };
            /** @description The request has no access token. Or: The access token is not one of ours, or is good no more */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:credential-missing" | "urn:mash-triage:problem:credential-unknown";
                        /** @enum {integer} */
                        status?: 401;
                    };
                };
            };
            /** @description The access token is not good for this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:insufficient-scope";
                        /** @enum {integer} */
                        status?: 403;
                    };
                };
            };
            /** @description We answer in JSON only */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-acceptable";
                        /** @enum {integer} */
                        status?: 406;
                    };
                };
            };
            /** @description The request did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:request-timeout";
                        /** @enum {integer} */
                        status?: 408;
                    };
                };
            };
            /** @description We cannot do what the header Expect asks */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:expectation-failed";
                        /** @enum {integer} */
                        status?: 417;
                    };
                };
            };
            /** @description You have sent too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-many-requests";
                        /** @enum {integer} */
                        status?: 429;
                    };
                };
            };
            /** @description The headers of the request are larger than 16 kB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:headers-too-large";
                        /** @enum {integer} */
                        status?: 431;
                    };
                };
            };
            /** @description Something went wrong with us */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:internal-error";
                        /** @enum {integer} */
                        status?: 500;
                    };
                };
            };
            /** @description We cannot take or show anything at this moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unavailable";
                        /** @enum {integer} */
                        status?: 503;
                    };
                };
            };
        };
    };
    addWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description handling=strict and return=representation are always met, and said to be; others are passed over. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddWebhookEndpointBody"];
            };
        };
        responses: {
            /** @description Added. Ask for a test of it. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointWithSecret"];
                };
            };
            /** @description The request is not HTTP as we can read it. Or: The body is not JSON. Or: An object of the body names a property twice. Or: The address has a query parameter that this operation does not know, or one of them twice */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:malformed-request" | "urn:mash-triage:problem:malformed-body" | "urn:mash-triage:problem:repeated-property" | "urn:mash-triage:problem:unknown-query-parameter";
                        /** @enum {integer} */
                        status?: 400;
                    };
                };
            };
            /** @description The request has no access token. Or: The access token is not one of ours, or is good no more */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:credential-missing" | "urn:mash-triage:problem:credential-unknown";
                        /** @enum {integer} */
                        status?: 401;
                    };
                };
            };
            /** @description The access token is not good for this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:insufficient-scope";
                        /** @enum {integer} */
                        status?: 403;
                    };
                };
            };
            /** @description We answer in JSON only */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-acceptable";
                        /** @enum {integer} */
                        status?: 406;
                    };
                };
            };
            /** @description The request did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:request-timeout";
                        /** @enum {integer} */
                        status?: 408;
                    };
                };
            };
            /** @description This hub sends no webhooks. Or: Your agency has an endpoint at this address already. Or: Your agency has five endpoints already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:webhooks-off" | "urn:mash-triage:problem:webhook-address-taken" | "urn:mash-triage:problem:webhook-endpoints-enough";
                        /** @enum {integer} */
                        status?: 409;
                    };
                };
            };
            /** @description The body is larger than we take */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-large";
                        /** @enum {integer} */
                        status?: 413;
                    };
                };
            };
            /** @description The body must be application/json in UTF-8, not compressed */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unsupported-media-type";
                        /** @enum {integer} */
                        status?: 415;
                    };
                };
            };
            /** @description We cannot do what the header Expect asks */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:expectation-failed";
                        /** @enum {integer} */
                        status?: 417;
                    };
                };
            };
            /** @description The endpoint cannot be added as it is */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:invalid-webhook-endpoint";
                        /** @enum {integer} */
                        status?: 422;
                    };
                };
            };
            /** @description You have sent too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-many-requests";
                        /** @enum {integer} */
                        status?: 429;
                    };
                };
            };
            /** @description The headers of the request are larger than 16 kB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:headers-too-large";
                        /** @enum {integer} */
                        status?: 431;
                    };
                };
            };
            /** @description Something went wrong with us */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:internal-error";
                        /** @enum {integer} */
                        status?: 500;
                    };
                };
            };
            /** @description We cannot take or show anything at this moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unavailable";
                        /** @enum {integer} */
                        status?: 503;
                    };
                };
            };
        };
    };
    readWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description handling=strict and return=representation are always met, and said to be; others are passed over. */
                Prefer?: string;
            };
            path: {
                /** @description Names the endpoint. */
                endpoint: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How it stands. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description The request is not HTTP as we can read it. Or: The address has a query parameter that this operation does not know, or one of them twice */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:malformed-request" | "urn:mash-triage:problem:unknown-query-parameter";
                        /** @enum {integer} */
                        status?: 400;
                    };
                };
            };
            /** @description The request has no access token. Or: The access token is not one of ours, or is good no more */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:credential-missing" | "urn:mash-triage:problem:credential-unknown";
                        /** @enum {integer} */
                        status?: 401;
                    };
                };
            };
            /** @description The access token is not good for this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:insufficient-scope";
                        /** @enum {integer} */
                        status?: 403;
                    };
                };
            };
            /** @description There is nothing here that you may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-found";
                        /** @enum {integer} */
                        status?: 404;
                    };
                };
            };
            /** @description We answer in JSON only */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-acceptable";
                        /** @enum {integer} */
                        status?: 406;
                    };
                };
            };
            /** @description The request did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:request-timeout";
                        /** @enum {integer} */
                        status?: 408;
                    };
                };
            };
            /** @description We cannot do what the header Expect asks */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:expectation-failed";
                        /** @enum {integer} */
                        status?: 417;
                    };
                };
            };
            /** @description You have sent too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-many-requests";
                        /** @enum {integer} */
                        status?: 429;
                    };
                };
            };
            /** @description The headers of the request are larger than 16 kB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:headers-too-large";
                        /** @enum {integer} */
                        status?: 431;
                    };
                };
            };
            /** @description Something went wrong with us */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:internal-error";
                        /** @enum {integer} */
                        status?: 500;
                    };
                };
            };
            /** @description We cannot take or show anything at this moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unavailable";
                        /** @enum {integer} */
                        status?: 503;
                    };
                };
            };
        };
    };
    removeWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Names the endpoint. */
                endpoint: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not HTTP as we can read it. Or: The address has a query parameter that this operation does not know, or one of them twice */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:malformed-request" | "urn:mash-triage:problem:unknown-query-parameter";
                        /** @enum {integer} */
                        status?: 400;
                    };
                };
            };
            /** @description The request has no access token. Or: The access token is not one of ours, or is good no more */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:credential-missing" | "urn:mash-triage:problem:credential-unknown";
                        /** @enum {integer} */
                        status?: 401;
                    };
                };
            };
            /** @description The access token is not good for this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:insufficient-scope";
                        /** @enum {integer} */
                        status?: 403;
                    };
                };
            };
            /** @description There is nothing here that you may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-found";
                        /** @enum {integer} */
                        status?: 404;
                    };
                };
            };
            /** @description We answer in JSON only */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-acceptable";
                        /** @enum {integer} */
                        status?: 406;
                    };
                };
            };
            /** @description The request did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:request-timeout";
                        /** @enum {integer} */
                        status?: 408;
                    };
                };
            };
            /** @description We cannot do what the header Expect asks */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:expectation-failed";
                        /** @enum {integer} */
                        status?: 417;
                    };
                };
            };
            /** @description You have sent too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-many-requests";
                        /** @enum {integer} */
                        status?: 429;
                    };
                };
            };
            /** @description The headers of the request are larger than 16 kB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:headers-too-large";
                        /** @enum {integer} */
                        status?: 431;
                    };
                };
            };
            /** @description Something went wrong with us */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:internal-error";
                        /** @enum {integer} */
                        status?: 500;
                    };
                };
            };
            /** @description We cannot take or show anything at this moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unavailable";
                        /** @enum {integer} */
                        status?: 503;
                    };
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description handling=strict and return=representation are always met, and said to be; others are passed over. */
                Prefer?: string;
            };
            path: {
                /** @description Names the endpoint. */
                endpoint: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The next secret, which signs from now on. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointWithSecret"];
                };
            };
            /** @description The request is not HTTP as we can read it. Or: The address has a query parameter that this operation does not know, or one of them twice */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:malformed-request" | "urn:mash-triage:problem:unknown-query-parameter";
                        /** @enum {integer} */
                        status?: 400;
                    };
                };
            };
            /** @description The request has no access token. Or: The access token is not one of ours, or is good no more */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:credential-missing" | "urn:mash-triage:problem:credential-unknown";
                        /** @enum {integer} */
                        status?: 401;
                    };
                };
            };
            /** @description The access token is not good for this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:insufficient-scope";
                        /** @enum {integer} */
                        status?: 403;
                    };
                };
            };
            /** @description There is nothing here that you may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-found";
                        /** @enum {integer} */
                        status?: 404;
                    };
                };
            };
            /** @description We answer in JSON only */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-acceptable";
                        /** @enum {integer} */
                        status?: 406;
                    };
                };
            };
            /** @description The request did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:request-timeout";
                        /** @enum {integer} */
                        status?: 408;
                    };
                };
            };
            /** @description This hub sends no webhooks */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:webhooks-off";
                        /** @enum {integer} */
                        status?: 409;
                    };
                };
            };
            /** @description We cannot do what the header Expect asks */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:expectation-failed";
                        /** @enum {integer} */
                        status?: 417;
                    };
                };
            };
            /** @description You have sent too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-many-requests";
                        /** @enum {integer} */
                        status?: 429;
                    };
                };
            };
            /** @description The headers of the request are larger than 16 kB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:headers-too-large";
                        /** @enum {integer} */
                        status?: 431;
                    };
                };
            };
            /** @description Something went wrong with us */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:internal-error";
                        /** @enum {integer} */
                        status?: 500;
                    };
                };
            };
            /** @description We cannot take or show anything at this moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unavailable";
                        /** @enum {integer} */
                        status?: 503;
                    };
                };
            };
        };
    };
    switchOnWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description handling=strict and return=representation are always met, and said to be; others are passed over. */
                Prefer?: string;
            };
            path: {
                /** @description Names the endpoint. */
                endpoint: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is on. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description The request is not HTTP as we can read it. Or: The address has a query parameter that this operation does not know, or one of them twice */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:malformed-request" | "urn:mash-triage:problem:unknown-query-parameter";
                        /** @enum {integer} */
                        status?: 400;
                    };
                };
            };
            /** @description The request has no access token. Or: The access token is not one of ours, or is good no more */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:credential-missing" | "urn:mash-triage:problem:credential-unknown";
                        /** @enum {integer} */
                        status?: 401;
                    };
                };
            };
            /** @description The access token is not good for this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:insufficient-scope";
                        /** @enum {integer} */
                        status?: 403;
                    };
                };
            };
            /** @description There is nothing here that you may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-found";
                        /** @enum {integer} */
                        status?: 404;
                    };
                };
            };
            /** @description We answer in JSON only */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-acceptable";
                        /** @enum {integer} */
                        status?: 406;
                    };
                };
            };
            /** @description The request did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:request-timeout";
                        /** @enum {integer} */
                        status?: 408;
                    };
                };
            };
            /** @description We cannot do what the header Expect asks */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:expectation-failed";
                        /** @enum {integer} */
                        status?: 417;
                    };
                };
            };
            /** @description You have sent too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-many-requests";
                        /** @enum {integer} */
                        status?: 429;
                    };
                };
            };
            /** @description The headers of the request are larger than 16 kB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:headers-too-large";
                        /** @enum {integer} */
                        status?: 431;
                    };
                };
            };
            /** @description Something went wrong with us */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:internal-error";
                        /** @enum {integer} */
                        status?: 500;
                    };
                };
            };
            /** @description We cannot take or show anything at this moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unavailable";
                        /** @enum {integer} */
                        status?: 503;
                    };
                };
            };
        };
    };
    testWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description handling=strict and return=representation are always met, and said to be; others are passed over. */
                Prefer?: string;
            };
            path: {
                /** @description Names the endpoint. */
                endpoint: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is sent within seconds. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description The request is not HTTP as we can read it. Or: The address has a query parameter that this operation does not know, or one of them twice */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:malformed-request" | "urn:mash-triage:problem:unknown-query-parameter";
                        /** @enum {integer} */
                        status?: 400;
                    };
                };
            };
            /** @description The request has no access token. Or: The access token is not one of ours, or is good no more */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:credential-missing" | "urn:mash-triage:problem:credential-unknown";
                        /** @enum {integer} */
                        status?: 401;
                    };
                };
            };
            /** @description The access token is not good for this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:insufficient-scope";
                        /** @enum {integer} */
                        status?: 403;
                    };
                };
            };
            /** @description There is nothing here that you may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-found";
                        /** @enum {integer} */
                        status?: 404;
                    };
                };
            };
            /** @description We answer in JSON only */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-acceptable";
                        /** @enum {integer} */
                        status?: 406;
                    };
                };
            };
            /** @description The request did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:request-timeout";
                        /** @enum {integer} */
                        status?: 408;
                    };
                };
            };
            /** @description The endpoint is switched off */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:webhook-off";
                        /** @enum {integer} */
                        status?: 409;
                    };
                };
            };
            /** @description We cannot do what the header Expect asks */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:expectation-failed";
                        /** @enum {integer} */
                        status?: 417;
                    };
                };
            };
            /** @description You have sent too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-many-requests";
                        /** @enum {integer} */
                        status?: 429;
                    };
                };
            };
            /** @description The headers of the request are larger than 16 kB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:headers-too-large";
                        /** @enum {integer} */
                        status?: 431;
                    };
                };
            };
            /** @description Something went wrong with us */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:internal-error";
                        /** @enum {integer} */
                        status?: 500;
                    };
                };
            };
            /** @description We cannot take or show anything at this moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unavailable";
                        /** @enum {integer} */
                        status?: 503;
                    };
                };
            };
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description The page.next of the answer before: the list goes on from there. */
                after?: string;
                /** @description The most items that the answer has: from 1 to 100. */
                limit?: number;
            };
            header?: {
                /** @description handling=strict and return=representation are always met, and said to be; others are passed over. */
                Prefer?: string;
            };
            path: {
                /** @description Names the endpoint. */
                endpoint: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The log. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveries"];
                };
            };
            /** @description The request is not HTTP as we can read it. Or: The address has a query parameter that this operation does not know, or one of them twice. Or: A query parameter has a value that cannot be used. Or: The cursor in after is not one of this list */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:malformed-request" | "urn:mash-triage:problem:unknown-query-parameter" | "urn:mash-triage:problem:invalid-query-parameter" | "urn:mash-triage:problem:invalid-cursor";
                        /** @enum {integer} */
                        status?: 400;
                    };
                };
            };
            /** @description The request has no access token. Or: The access token is not one of ours, or is good no more */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:credential-missing" | "urn:mash-triage:problem:credential-unknown";
                        /** @enum {integer} */
                        status?: 401;
                    };
                };
            };
            /** @description The access token is not good for this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:insufficient-scope";
                        /** @enum {integer} */
                        status?: 403;
                    };
                };
            };
            /** @description There is nothing here that you may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-found";
                        /** @enum {integer} */
                        status?: 404;
                    };
                };
            };
            /** @description We answer in JSON only */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-acceptable";
                        /** @enum {integer} */
                        status?: 406;
                    };
                };
            };
            /** @description The request did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:request-timeout";
                        /** @enum {integer} */
                        status?: 408;
                    };
                };
            };
            /** @description We cannot do what the header Expect asks */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:expectation-failed";
                        /** @enum {integer} */
                        status?: 417;
                    };
                };
            };
            /** @description You have sent too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-many-requests";
                        /** @enum {integer} */
                        status?: 429;
                    };
                };
            };
            /** @description The headers of the request are larger than 16 kB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:headers-too-large";
                        /** @enum {integer} */
                        status?: 431;
                    };
                };
            };
            /** @description Something went wrong with us */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:internal-error";
                        /** @enum {integer} */
                        status?: 500;
                    };
                };
            };
            /** @description We cannot take or show anything at this moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unavailable";
                        /** @enum {integer} */
                        status?: 503;
                    };
                };
            };
        };
    };
    replayWebhookDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description handling=strict and return=representation are always met, and said to be; others are passed over. */
                Prefer?: string;
            };
            path: {
                /** @description Names the endpoint. */
                endpoint: string;
                /** @description Names the delivery. */
                delivery: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is sent within seconds. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description The request is not HTTP as we can read it. Or: The address has a query parameter that this operation does not know, or one of them twice */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:malformed-request" | "urn:mash-triage:problem:unknown-query-parameter";
                        /** @enum {integer} */
                        status?: 400;
                    };
                };
            };
            /** @description The request has no access token. Or: The access token is not one of ours, or is good no more */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:credential-missing" | "urn:mash-triage:problem:credential-unknown";
                        /** @enum {integer} */
                        status?: 401;
                    };
                };
            };
            /** @description The access token is not good for this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:insufficient-scope";
                        /** @enum {integer} */
                        status?: 403;
                    };
                };
            };
            /** @description There is nothing here that you may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-found";
                        /** @enum {integer} */
                        status?: 404;
                    };
                };
            };
            /** @description We answer in JSON only */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-acceptable";
                        /** @enum {integer} */
                        status?: 406;
                    };
                };
            };
            /** @description The request did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:request-timeout";
                        /** @enum {integer} */
                        status?: 408;
                    };
                };
            };
            /** @description The endpoint is switched off */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:webhook-off";
                        /** @enum {integer} */
                        status?: 409;
                    };
                };
            };
            /** @description We cannot do what the header Expect asks */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:expectation-failed";
                        /** @enum {integer} */
                        status?: 417;
                    };
                };
            };
            /** @description You have sent too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-many-requests";
                        /** @enum {integer} */
                        status?: 429;
                    };
                };
            };
            /** @description The headers of the request are larger than 16 kB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:headers-too-large";
                        /** @enum {integer} */
                        status?: 431;
                    };
                };
            };
            /** @description Something went wrong with us */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:internal-error";
                        /** @enum {integer} */
                        status?: 500;
                    };
                };
            };
            /** @description We cannot take or show anything at this moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unavailable";
                        /** @enum {integer} */
                        status?: 503;
                    };
                };
            };
        };
    };
    listCodeLists: {
        parameters: {
            query?: never;
            header?: {
                /** @description handling=strict and return=representation are always met, and said to be; others are passed over. */
                Prefer?: string;
                /** @description ETags of answers that you have. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The code lists. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CodeLists"];
                };
            };
            /** @description Nothing has changed since that ETag. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not HTTP as we can read it. Or: The address has a query parameter that this operation does not know, or one of them twice */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:malformed-request" | "urn:mash-triage:problem:unknown-query-parameter";
                        /** @enum {integer} */
                        status?: 400;
                    };
                };
            };
            /** @description The request has no access token. Or: The access token is not one of ours, or is good no more */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:credential-missing" | "urn:mash-triage:problem:credential-unknown";
                        /** @enum {integer} */
                        status?: 401;
                    };
                };
            };
            /** @description The access token is not good for this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:insufficient-scope";
                        /** @enum {integer} */
                        status?: 403;
                    };
                };
            };
            /** @description We answer in JSON only */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-acceptable";
                        /** @enum {integer} */
                        status?: 406;
                    };
                };
            };
            /** @description The request did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:request-timeout";
                        /** @enum {integer} */
                        status?: 408;
                    };
                };
            };
            /** @description We cannot do what the header Expect asks */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:expectation-failed";
                        /** @enum {integer} */
                        status?: 417;
                    };
                };
            };
            /** @description You have sent too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-many-requests";
                        /** @enum {integer} */
                        status?: 429;
                    };
                };
            };
            /** @description The headers of the request are larger than 16 kB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:headers-too-large";
                        /** @enum {integer} */
                        status?: 431;
                    };
                };
            };
            /** @description Something went wrong with us */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:internal-error";
                        /** @enum {integer} */
                        status?: 500;
                    };
                };
            };
            /** @description We cannot take or show anything at this moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unavailable";
                        /** @enum {integer} */
                        status?: 503;
                    };
                };
            };
        };
    };
    readCodeList: {
        parameters: {
            query?: never;
            header?: {
                /** @description handling=strict and return=representation are always met, and said to be; others are passed over. */
                Prefer?: string;
                /** @description ETags of answers that you have. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description Names the list. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The codes with their words. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CodeList"];
                };
            };
            /** @description Nothing has changed since that ETag. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not HTTP as we can read it. Or: The address has a query parameter that this operation does not know, or one of them twice */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:malformed-request" | "urn:mash-triage:problem:unknown-query-parameter";
                        /** @enum {integer} */
                        status?: 400;
                    };
                };
            };
            /** @description The request has no access token. Or: The access token is not one of ours, or is good no more */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:credential-missing" | "urn:mash-triage:problem:credential-unknown";
                        /** @enum {integer} */
                        status?: 401;
                    };
                };
            };
            /** @description The access token is not good for this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:insufficient-scope";
                        /** @enum {integer} */
                        status?: 403;
                    };
                };
            };
            /** @description There is nothing here that you may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-found";
                        /** @enum {integer} */
                        status?: 404;
                    };
                };
            };
            /** @description We answer in JSON only */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-acceptable";
                        /** @enum {integer} */
                        status?: 406;
                    };
                };
            };
            /** @description The request did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:request-timeout";
                        /** @enum {integer} */
                        status?: 408;
                    };
                };
            };
            /** @description We cannot do what the header Expect asks */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:expectation-failed";
                        /** @enum {integer} */
                        status?: 417;
                    };
                };
            };
            /** @description You have sent too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-many-requests";
                        /** @enum {integer} */
                        status?: 429;
                    };
                };
            };
            /** @description The headers of the request are larger than 16 kB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:headers-too-large";
                        /** @enum {integer} */
                        status?: 431;
                    };
                };
            };
            /** @description Something went wrong with us */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:internal-error";
                        /** @enum {integer} */
                        status?: 500;
                    };
                };
            };
            /** @description We cannot take or show anything at this moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unavailable";
                        /** @enum {integer} */
                        status?: 503;
                    };
                };
            };
        };
    };
    listInformationRequests: {
        parameters: {
            query?: never;
            header?: {
                /** @description handling=strict and return=representation are always met, and said to be; others are passed over. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The requests to your agency. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InformationRequests"];
                };
            };
            /** @description The request is not HTTP as we can read it. Or: The address has a query parameter that this operation does not know, or one of them twice */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:malformed-request" | "urn:mash-triage:problem:unknown-query-parameter";
                        /** @enum {integer} */
                        status?: 400;
                    };
                };
            };
            /** @description The request has no access token. Or: The access token is not one of ours, or is good no more */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:credential-missing" | "urn:mash-triage:problem:credential-unknown";
                        /** @enum {integer} */
                        status?: 401;
                    };
                };
            };
            /** @description The access token is not good for this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:insufficient-scope";
                        /** @enum {integer} */
                        status?: 403;
                    };
                };
            };
            /** @description We answer in JSON only */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-acceptable";
                        /** @enum {integer} */
                        status?: 406;
                    };
                };
            };
            /** @description The request did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:request-timeout";
                        /** @enum {integer} */
                        status?: 408;
                    };
                };
            };
            /** @description We cannot do what the header Expect asks */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:expectation-failed";
                        /** @enum {integer} */
                        status?: 417;
                    };
                };
            };
            /** @description You have sent too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-many-requests";
                        /** @enum {integer} */
                        status?: 429;
                    };
                };
            };
            /** @description The headers of the request are larger than 16 kB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:headers-too-large";
                        /** @enum {integer} */
                        status?: 431;
                    };
                };
            };
            /** @description Something went wrong with us */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:internal-error";
                        /** @enum {integer} */
                        status?: 500;
                    };
                };
            };
            /** @description We cannot take or show anything at this moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unavailable";
                        /** @enum {integer} */
                        status?: 503;
                    };
                };
            };
        };
    };
    readInformationRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description handling=strict and return=representation are always met, and said to be; others are passed over. */
                Prefer?: string;
                /** @description ETags of answers that you have. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description Names the request. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request with your answers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InformationRequest"];
                };
            };
            /** @description Nothing has changed since that ETag. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not HTTP as we can read it. Or: The address has a query parameter that this operation does not know, or one of them twice */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:malformed-request" | "urn:mash-triage:problem:unknown-query-parameter";
                        /** @enum {integer} */
                        status?: 400;
                    };
                };
            };
            /** @description The request has no access token. Or: The access token is not one of ours, or is good no more */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:credential-missing" | "urn:mash-triage:problem:credential-unknown";
                        /** @enum {integer} */
                        status?: 401;
                    };
                };
            };
            /** @description The access token is not good for this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:insufficient-scope";
                        /** @enum {integer} */
                        status?: 403;
                    };
                };
            };
            /** @description There is nothing here that you may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-found";
                        /** @enum {integer} */
                        status?: 404;
                    };
                };
            };
            /** @description We answer in JSON only */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-acceptable";
                        /** @enum {integer} */
                        status?: 406;
                    };
                };
            };
            /** @description The request did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:request-timeout";
                        /** @enum {integer} */
                        status?: 408;
                    };
                };
            };
            /** @description We cannot do what the header Expect asks */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:expectation-failed";
                        /** @enum {integer} */
                        status?: 417;
                    };
                };
            };
            /** @description You have sent too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-many-requests";
                        /** @enum {integer} */
                        status?: 429;
                    };
                };
            };
            /** @description The headers of the request are larger than 16 kB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:headers-too-large";
                        /** @enum {integer} */
                        status?: 431;
                    };
                };
            };
            /** @description Something went wrong with us */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:internal-error";
                        /** @enum {integer} */
                        status?: 500;
                    };
                };
            };
            /** @description We cannot take or show anything at this moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unavailable";
                        /** @enum {integer} */
                        status?: 503;
                    };
                };
            };
        };
    };
    answerInformationRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description handling=strict and return=representation are always met, and said to be; others are passed over. */
                Prefer?: string;
            };
            path: {
                /** @description Names the request. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswerRequestBody"];
            };
        };
        responses: {
            /** @description Stored. The request as it stands now. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InformationRequest"];
                };
            };
            /** @description The request is not HTTP as we can read it. Or: The body is not JSON. Or: An object of the body names a property twice. Or: The address has a query parameter that this operation does not know, or one of them twice */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:malformed-request" | "urn:mash-triage:problem:malformed-body" | "urn:mash-triage:problem:repeated-property" | "urn:mash-triage:problem:unknown-query-parameter";
                        /** @enum {integer} */
                        status?: 400;
                    };
                };
            };
            /** @description The request has no access token. Or: The access token is not one of ours, or is good no more */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:credential-missing" | "urn:mash-triage:problem:credential-unknown";
                        /** @enum {integer} */
                        status?: 401;
                    };
                };
            };
            /** @description The access token is not good for this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:insufficient-scope";
                        /** @enum {integer} */
                        status?: 403;
                    };
                };
            };
            /** @description There is nothing here that you may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-found";
                        /** @enum {integer} */
                        status?: 404;
                    };
                };
            };
            /** @description We answer in JSON only */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:not-acceptable";
                        /** @enum {integer} */
                        status?: 406;
                    };
                };
            };
            /** @description The request did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:request-timeout";
                        /** @enum {integer} */
                        status?: 408;
                    };
                };
            };
            /** @description The body is larger than we take */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-large";
                        /** @enum {integer} */
                        status?: 413;
                    };
                };
            };
            /** @description The body must be application/json in UTF-8, not compressed */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unsupported-media-type";
                        /** @enum {integer} */
                        status?: 415;
                    };
                };
            };
            /** @description We cannot do what the header Expect asks */
            417: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:expectation-failed";
                        /** @enum {integer} */
                        status?: 417;
                    };
                };
            };
            /** @description Some fields of the answer cannot be accepted */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:invalid-answer";
                        /** @enum {integer} */
                        status?: 422;
                    };
                };
            };
            /** @description You have sent too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:too-many-requests";
                        /** @enum {integer} */
                        status?: 429;
                    };
                };
            };
            /** @description The headers of the request are larger than 16 kB */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:headers-too-large";
                        /** @enum {integer} */
                        status?: 431;
                    };
                };
            };
            /** @description Something went wrong with us */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:internal-error";
                        /** @enum {integer} */
                        status?: 500;
                    };
                };
            };
            /** @description We cannot take or show anything at this moment */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {string} */
                        type?: "urn:mash-triage:problem:unavailable";
                        /** @enum {integer} */
                        status?: 503;
                    };
                };
            };
        };
    };
}
