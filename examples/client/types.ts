export interface paths {
    "/api/v3/npq-applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your applications
         * @description Every application that participants made to you, in any state, oldest first.
         */
        get: operations["listApplications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/npq-applications/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one application */
        get: operations["getApplication"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/npq-applications/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an application
         * @description Takes the participant on. In a cohort with limited places, say in `funded_place` whether the place is funded. Other applications of the participant for the course in the cohort become rejected.
         */
        post: operations["acceptApplication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/npq-applications/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject an application
         * @description Turns the participant down, also after the application was accepted, as long as no declaration stands. No body is needed.
         */
        post: operations["rejectApplication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/npq-applications/{id}/change-funded-place": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change the funded place of an accepted application
         * @description Only for cohorts with limited places, and only while no declaration stands.
         */
        put: operations["changeFundedPlace"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/participants/npq": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your participants
         * @description Everyone with an application that you accepted, oldest first.
         */
        get: operations["listParticipants"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/participants/npq/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one participant */
        get: operations["getParticipant"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/participants/npq/{id}/defer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Defer a participant
         * @description Pauses the training for a course. Something must have been declared for it.
         */
        put: operations["deferParticipant"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/participants/npq/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Resume a participant
         * @description Takes the training for a course up again after it was deferred or the participant withdrew.
         */
        put: operations["resumeParticipant"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/participants/npq/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Withdraw a participant
         * @description Ends the training for a course. Its start must have been declared.
         */
        put: operations["withdrawParticipant"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/participants/npq/{id}/change-schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change a participant’s schedule
         * @description Puts the training for a course on another schedule, in the same cohort or in that of another year.
         */
        put: operations["changeParticipantSchedule"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/participants/npq/outcomes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the outcomes of all participants
         * @description Every outcome of the declarations that you made, with those that were replaced since, oldest first.
         */
        get: operations["listOutcomes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/participants/npq/{id}/outcomes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the outcomes of one participant
         * @description Every outcome of the declarations that you made for the participant, oldest first.
         */
        get: operations["listOutcomesOfParticipant"];
        put?: never;
        /**
         * Report an outcome
         * @description Says whether a participant passed a course whose completion was declared. The same report again changes nothing.
         */
        post: operations["reportOutcome"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/participant-declarations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List declarations
         * @description Every declaration that you made, in any state, oldest first.
         */
        get: operations["listDeclarations"];
        put?: never;
        /**
         * Declare that a participant reached a milestone
         * @description A declaration that can be funded goes on your next statement at once. Each milestone can stand declared once.
         */
        post: operations["createDeclaration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/participant-declarations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one declaration */
        get: operations["getDeclaration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/participant-declarations/{id}/void": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Void a declaration, or claw it back
         * @description What has not been paid is voided; what has been is clawed back with your next statement. No body is needed.
         */
        put: operations["voidDeclaration"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/participant-declarations/{id}/change-delivery-partner": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change the delivery partners of a declaration
         * @description Both partners are replaced, whatever state the declaration is in. A secondary partner that you leave out is taken off.
         */
        put: operations["changeDeliveryPartner"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/statements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your statements
         * @description Your payment runs, past and to come, by the day on which they are paid.
         */
        get: operations["listStatements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/statements/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get one statement
         * @description Declarations name the statement on which they are paid in `statement_id`.
         */
        get: operations["getStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/delivery-partners": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your delivery partners
         * @description Every partner that works with you in any cohort, by name.
         */
        get: operations["listDeliveryPartners"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/delivery-partners/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get one of your delivery partners */
        get: operations["getDeliveryPartner"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow what changes
         * @description What changed of everything that you can see, oldest first, whoever changed it. Keep the cursor of each answer, and ask for what came after it. No change is left out, and each comes once. What is imported is not among them.
         */
        get: operations["listChanges"];
        put?: never;
        post?: never;
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
        Application: {
            /**
             * Format: uuid
             * @example db3a7848-7308-4879-942a-c4a70ced400a
             */
            id: string;
            /** @enum {string} */
            type: "npq_application";
            attributes: {
                /**
                 * @description The course that the participant applied for.
                 * @example npq-headship
                 * @enum {string}
                 */
                course_identifier: "npq-senior-leadership" | "npq-headship" | "npq-executive-leadership" | "npq-early-years-leadership" | "npq-leading-teaching" | "npq-leading-behaviour-culture" | "npq-leading-teaching-development" | "npq-leading-literacy" | "npq-leading-primary-mathematics" | "npq-additional-support-offer" | "npq-early-headship-coaching-offer" | "npq-senco";
                /**
                 * @description Email address of the participant; null for a person whose record was archived.
                 * @example isabelle.macdonald@moorland-primary.example
                 */
                email: string | null;
                /**
                 * @description Whether the email address was checked. Always true.
                 * @example true
                 */
                email_validated: boolean;
                /**
                 * @description Employer, as the applicant wrote it, where the workplace is no school or nursery.
                 * @example null
                 */
                employer_name: string | null;
                /**
                 * @description The applicant’s role there, as written.
                 * @example null
                 */
                employment_role: string | null;
                /**
                 * @description Full name of the participant.
                 * @example Isabelle MacDonald
                 */
                full_name: string;
                /**
                 * @description How the participant said the course would be paid for.
                 * @example null
                 * @enum {string|null}
                 */
                funding_choice: "school" | "trust" | "self" | "another" | "employer" | null;
                /**
                 * @description Whether, and for how long, the participant has been a headteacher.
                 * @example yes_in_first_two_years
                 * @enum {string|null}
                 */
                headteacher_status: "no" | "yes_when_course_starts" | "yes_in_first_two_years" | "yes_over_two_years" | "yes_in_first_five_years" | "yes_over_five_years" | null;
                /**
                 * @description Why the participant is not eligible for funding.
                 * @example null
                 * @enum {string|null}
                 */
                ineligible_for_funding_reason: "previously-funded" | "establishment-ineligible" | null;
                /**
                 * Format: uuid
                 * @description The participant’s id, the same in every application of the person.
                 * @example 7a8fef46-3c43-42c0-b3d5-1ba5904ba562
                 */
                participant_id: string;
                /**
                 * @description URN of the private childcare provider where the participant works.
                 * @example null
                 */
                private_childcare_provider_urn: string | null;
                /**
                 * @description Teacher reference number (TRN); null until it is validated.
                 * @example 1234567
                 */
                teacher_reference_number: string | null;
                /**
                 * @description Whether the TRN was matched to the person.
                 * @example true
                 */
                teacher_reference_number_validated: boolean;
                /**
                 * @description URN of the school where the participant works.
                 * @example 106286
                 */
                school_urn: string | null;
                /**
                 * @description UK provider reference number (UKPRN) of the workplace.
                 * @example 10079319
                 */
                school_ukprn: string | null;
                /**
                 * @description Where the application stands with its provider.
                 * @example accepted
                 * @enum {string|null}
                 */
                status: "pending" | "accepted" | "rejected" | null;
                /**
                 * @description Why the application was rejected.
                 * @example null
                 * @enum {string|null}
                 */
                reason_for_rejection: "registration_expired" | "rejected_by_provider" | "other_application_in_this_cohort_accepted" | null;
                /**
                 * @description Whether the participant works in a school.
                 * @example true
                 */
                works_in_school: boolean | null;
                /**
                 * @description The year in which the application’s cohort starts, such as 2026.
                 * @example 2026
                 */
                cohort: string | null;
                /**
                 * @description Tells the cohorts of one year apart: a, b and so on.
                 * @example b
                 */
                cohort_suffix: string | null;
                /**
                 * @description Whether the participant’s place can be funded.
                 * @example true
                 */
                eligible_for_funding: boolean;
                /**
                 * @description Whether the participant qualifies for targeted delivery funding.
                 * @example false
                 */
                targeted_delivery_funding_eligibility: boolean | null;
                /**
                 * @description Whether the participant works in the United Kingdom or the Crown dependencies.
                 * @example true
                 */
                teacher_catchment: boolean | null;
                /**
                 * @description The country where the participant works.
                 * @example United Kingdom of Great Britain and Northern Ireland
                 */
                teacher_catchment_country: string | null;
                /**
                 * @description The same country by its three-letter ISO 3166 code.
                 * @example GBR
                 */
                teacher_catchment_iso_country_code: string | null;
                /**
                 * @description Legal name of the initial teacher training provider, for lead mentors.
                 * @example null
                 */
                itt_provider: string | null;
                /**
                 * @description Whether the participant is a lead mentor for a teacher training provider.
                 * @example false
                 */
                lead_mentor: boolean | null;
                /**
                 * @description Whether the place is funded; set when an application is accepted in a cohort with limited places.
                 * @example true
                 */
                funded_place: boolean | null;
                /**
                 * Format: date-time
                 * @description When the application was made.
                 * @example 2026-10-05T11:02:17Z
                 */
                created_at: string;
                /**
                 * Format: date-time
                 * @description When the application or its participant last changed.
                 * @example 2026-10-12T08:45:30Z
                 */
                updated_at: string;
                /**
                 * @description The schedule of an accepted application.
                 * @example npq-leadership-autumn
                 * @enum {string|null}
                 */
                schedule_identifier: "npq-aso-march" | "npq-aso-june" | "npq-aso-november" | "npq-aso-december" | "npq-ehco-march" | "npq-ehco-june" | "npq-ehco-november" | "npq-ehco-december" | "npq-leadership-autumn" | "npq-leadership-spring" | "npq-specialist-autumn" | "npq-specialist-spring" | null;
                /**
                 * @description Whether the participant is, or plans to be, a special educational needs co-ordinator.
                 * @example null
                 * @enum {string|null}
                 */
                works_as_senco: "yes" | "no_but_i_plan_to_become_one" | "no_i_do_not_plan_to_be_a_SENCO" | null;
                /**
                 * Format: date
                 * @description When the participant became one: the first of a month.
                 * @example null
                 */
                senco_start_date: string | null;
            };
        };
        ApplicationAcceptRequest: {
            data: {
                /**
                 * @example npq-application-accept
                 * @enum {string}
                 */
                type: "npq-application-accept";
                attributes: {
                    /** @description Whether the place is funded. Needed where places are limited. */
                    funded_place?: boolean;
                    /**
                     * @description A schedule of the application’s cohort. Without one, the schedule follows from the course and today’s date.
                     * @enum {string|null}
                     */
                    schedule_identifier?: "npq-aso-march" | "npq-aso-june" | "npq-aso-november" | "npq-aso-december" | "npq-ehco-march" | "npq-ehco-june" | "npq-ehco-november" | "npq-ehco-december" | "npq-leadership-autumn" | "npq-leadership-spring" | "npq-specialist-autumn" | "npq-specialist-spring" | null;
                };
            };
        };
        ApplicationChangeFundedPlaceRequest: {
            data: {
                /**
                 * @example npq-application-change-funded-place
                 * @enum {string}
                 */
                type: "npq-application-change-funded-place";
                attributes: {
                    /** @description Whether the place is funded. */
                    funded_place: boolean;
                };
            };
        };
        ApplicationResponse: {
            data: components["schemas"]["Application"];
        };
        ApplicationsResponse: {
            data: components["schemas"]["Application"][];
        };
        BadRequestResponse: {
            errors: {
                title: string;
                detail: string;
                /** @description Names the reason, and stays the same where the words change. */
                code: string;
            }[];
        };
        Change: {
            /**
             * Format: uuid
             * @example 1c9a7d52-64d0-4c0e-9a55-0d3b7f8e2a61
             */
            id: string;
            /** @enum {string} */
            type: "change";
            attributes: {
                /**
                 * @description Stands for the place of this change: ask for what comes after it.
                 * @example YW4gZXhhbXBsZSBvZiB3aGF0IHN0YW5kcyBmb3IgYSBwbGFjZSBpbiB0aGUgZmVl
                 */
                cursor: string;
                /**
                 * @description The `type` of the resource that changed.
                 * @example npq_application
                 * @enum {string}
                 */
                resource_type: "npq_application" | "npq-participant" | "participant-declaration" | "participant-outcome" | "statement" | "delivery-partner";
                /**
                 * Format: uuid
                 * @description Its `id`.
                 * @example db3a7848-7308-4879-942a-c4a70ced400a
                 */
                resource_id: string;
                /**
                 * @description Whether the resource is new to you, changed, or is not yours to see any more.
                 * @example updated
                 * @enum {string}
                 */
                kind: "created" | "updated" | "removed";
                /**
                 * @description Names of the attributes that may have another value now, in alphabetical order. Empty where the resource was created or removed.
                 * @example [
                 *       "status",
                 *       "updated_at"
                 *     ]
                 */
                changed_attributes: string[];
                /**
                 * Format: date-time
                 * @description When it changed.
                 * @example 2026-10-12T08:45:30Z
                 */
                changed_at: string;
                /**
                 * @description Who changed it.
                 * @example you
                 * @enum {string}
                 */
                changed_by: "you" | "another_provider" | "department" | "participant";
            };
        };
        ChangesResponse: {
            data: components["schemas"]["Change"][];
            meta: {
                /**
                 * @description Ask for what comes after it next time.
                 * @example YW4gZXhhbXBsZSBvZiB3aGF0IHN0YW5kcyBmb3IgYSBwbGFjZSBpbiB0aGUgZmVl
                 */
                cursor: string;
            };
        };
        ConflictResponse: {
            errors: {
                title: string;
                detail: string;
                /** @description Names the reason, and stays the same where the words change. */
                code: string;
            }[];
        };
        CursorExpiredResponse: {
            errors: {
                title: string;
                detail: string;
                /** @description Names the reason, and stays the same where the words change. */
                code: string;
            }[];
        };
        DeliveryPartner: {
            /**
             * Format: uuid
             * @example 6b1f9f5a-2f0c-4a8b-8f43-1f2a5e0c7d34
             */
            id: string;
            /** @enum {string} */
            type: "delivery-partner";
            attributes: {
                /**
                 * @description Name of the organisation.
                 * @example Harbour Learning Hub
                 */
                name: string;
                /**
                 * @description Start years of the cohorts in which it works with you, ascending.
                 * @example [
                 *       2025,
                 *       2026
                 *     ]
                 */
                cohort: number[];
                /**
                 * Format: date-time
                 * @description When the partner was added.
                 * @example 2026-10-05T11:02:17Z
                 */
                created_at: string;
                /**
                 * Format: date-time
                 * @description When the partner’s name last changed; not when the cohorts do.
                 * @example 2026-10-12T08:45:30Z
                 */
                updated_at: string;
            };
        };
        DeliveryPartnerResponse: {
            data: components["schemas"]["DeliveryPartner"];
        };
        DeliveryPartnersResponse: {
            data: components["schemas"]["DeliveryPartner"][];
        };
        ForbiddenResponse: {
            errors: {
                title: string;
                detail: string;
                /** @description Names the reason, and stays the same where the words change. */
                code: string;
            }[];
        };
        GoneResponse: {
            errors: {
                title: string;
                detail: string;
                participant_id_changes: {
                    /**
                     * Format: uuid
                     * @example 3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14
                     */
                    from_participant_id: string;
                    /**
                     * Format: uuid
                     * @example 3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14
                     */
                    to_participant_id: string;
                    /**
                     * Format: date-time
                     * @example 2026-03-04T09:15:00Z
                     */
                    changed_at: string;
                }[];
                /** @description Names the reason, and stays the same where the words change. */
                code: string;
            }[];
        };
        InternalErrorResponse: {
            error: string;
        };
        ListApplicationsFilter: {
            /**
             * @description Start years of cohorts, comma-separated. A year stands for all of its cohorts.
             * @example 2025,2026
             */
            cohort?: string;
            /**
             * @description Only what changed at or after this ISO 8601 moment. Write the + of an offset as %2B.
             * @example 2026-01-13T11:21:55Z
             */
            updated_since?: string;
            /**
             * @description Ids of participants, comma-separated.
             * @example 7a8fef46-3c43-42c0-b3d5-1ba5904ba562
             */
            participant_id?: string;
        };
        ListDeliveryPartnersFilter: {
            /**
             * @description The start year of cohorts, which stands for all of the year’s cohorts.
             * @example 2026
             */
            cohort?: string;
        };
        ListOutcomesFilter: {
            /**
             * @description Only what was made at or after this ISO 8601 moment. Write the + of an offset as %2B.
             * @example 2026-01-13T11:21:55Z
             */
            created_since?: string;
        };
        ListParticipantDeclarationsFilter: {
            /**
             * @description Start years of cohorts, comma-separated. A year stands for all of its cohorts.
             * @example 2025,2026
             */
            cohort?: string;
            /**
             * @description Ids of participants, comma-separated.
             * @example 7a8fef46-3c43-42c0-b3d5-1ba5904ba562
             */
            participant_id?: string;
            /**
             * @description Only what changed at or after this ISO 8601 moment. Write the + of an offset as %2B.
             * @example 2026-01-13T11:21:55Z
             */
            updated_since?: string;
        };
        ListParticipantsFilter: {
            /**
             * @description Only what changed at or after this ISO 8601 moment. Write the + of an offset as %2B.
             * @example 2026-01-13T11:21:55Z
             */
            updated_since?: string;
            /**
             * @description Only participants, and their enrolments, with this status.
             * @enum {string}
             */
            training_status?: "active" | "deferred" | "withdrawn";
            /**
             * Format: uuid
             * @description The participant who had this id before.
             * @example 3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14
             */
            from_participant_id?: string;
        };
        ListStatementsFilter: {
            /**
             * @description Start years of cohorts, comma-separated. A year stands for all of its cohorts.
             * @example 2025,2026
             */
            cohort?: string;
            /**
             * @description Only what changed at or after this ISO 8601 moment. Write the + of an offset as %2B.
             * @example 2026-01-13T11:21:55Z
             */
            updated_since?: string;
        };
        NotFoundResponse: {
            error: string;
        };
        Outcome: {
            /**
             * Format: uuid
             * @example 9f5c0f6e-2d7b-4f0c-8d2e-6a1b3c4d5e6f
             */
            id: string;
            /** @enum {string} */
            type: "participant-outcome";
            attributes: {
                /**
                 * @description Whether the participant passed; voided once the completed declaration is.
                 * @enum {string}
                 */
                state: "passed" | "failed" | "voided";
                /**
                 * @description The date of the assessment’s outcome, at midnight.
                 * @example 2026-02-10T00:00:00+00:00
                 */
                completion_date: string;
                /**
                 * @description The course that the participant completed.
                 * @example npq-headship
                 * @enum {string}
                 */
                course_identifier: "npq-senior-leadership" | "npq-headship" | "npq-executive-leadership" | "npq-early-years-leadership" | "npq-leading-teaching" | "npq-leading-behaviour-culture" | "npq-leading-teaching-development" | "npq-leading-literacy" | "npq-leading-primary-mathematics" | "npq-senco";
                /**
                 * Format: uuid
                 * @description The id of the participant.
                 * @example 7a8fef46-3c43-42c0-b3d5-1ba5904ba562
                 */
                participant_id: string;
                /**
                 * Format: date-time
                 * @description When the outcome was recorded.
                 * @example 2026-10-05T11:02:17Z
                 */
                created_at: string;
                /**
                 * Format: date-time
                 * @description When the outcome last changed.
                 * @example 2026-10-12T08:45:30Z
                 */
                updated_at: string;
            };
        };
        OutcomeRequest: {
            data: {
                /**
                 * @example npq-outcome-confirmation
                 * @enum {string}
                 */
                type: "npq-outcome-confirmation";
                attributes: {
                    /**
                     * @description The course that the participant completed.
                     * @enum {string}
                     */
                    course_identifier: "npq-senior-leadership" | "npq-headship" | "npq-executive-leadership" | "npq-early-years-leadership" | "npq-leading-teaching" | "npq-leading-behaviour-culture" | "npq-leading-teaching-development" | "npq-leading-literacy" | "npq-leading-primary-mathematics" | "npq-senco";
                    /**
                     * @description Whether the participant passed.
                     * @enum {string}
                     */
                    state: "passed" | "failed";
                    /**
                     * @description The date of the assessment’s outcome, not in the future.
                     * @example 2026-02-10
                     */
                    completion_date: string;
                };
            };
        };
        OutcomeResponse: {
            data: components["schemas"]["Outcome"];
        };
        OutcomesResponse: {
            data: components["schemas"]["Outcome"][];
        };
        Pagination: {
            /**
             * @description The number of the page.
             * @default 1
             * @example 1
             */
            page: number;
            /**
             * @description How many to a page; more than 3000 counts as 3000.
             * @default 100
             * @example 100
             */
            per_page: number;
        };
        Participant: {
            /**
             * Format: uuid
             * @example 7a8fef46-3c43-42c0-b3d5-1ba5904ba562
             */
            id: string;
            /** @enum {string} */
            type: "npq-participant";
            attributes: {
                /**
                 * @description Full name.
                 * @example Isabelle MacDonald
                 */
                full_name: string;
                /**
                 * @description Names that the participant had before.
                 * @example [
                 *       "Isabelle Marchetti"
                 *     ]
                 */
                previous_names: string[];
                /**
                 * @description Teacher reference number (TRN); null until it is validated.
                 * @example 1234567
                 */
                teacher_reference_number: string | null;
                /**
                 * Format: date-time
                 * @description When the participant, an application or an id of theirs last changed.
                 * @example 2026-10-12T08:45:30Z
                 */
                updated_at: string;
                /** @description Your accepted applications of the participant, in the order of their making. */
                npq_enrolments: {
                    /**
                     * @description Email address of the participant; null once another person uses it.
                     * @example isabelle.macdonald@moorland-primary.example
                     */
                    email: string | null;
                    /**
                     * @description The course.
                     * @example npq-headship
                     * @enum {string}
                     */
                    course_identifier: "npq-senior-leadership" | "npq-headship" | "npq-executive-leadership" | "npq-early-years-leadership" | "npq-leading-teaching" | "npq-leading-behaviour-culture" | "npq-leading-teaching-development" | "npq-leading-literacy" | "npq-leading-primary-mathematics" | "npq-additional-support-offer" | "npq-early-headship-coaching-offer" | "npq-senco";
                    /**
                     * @description The schedule of the training.
                     * @example npq-leadership-autumn
                     * @enum {string|null}
                     */
                    schedule_identifier: "npq-aso-march" | "npq-aso-june" | "npq-aso-november" | "npq-aso-december" | "npq-ehco-march" | "npq-ehco-june" | "npq-ehco-november" | "npq-ehco-december" | "npq-leadership-autumn" | "npq-leadership-spring" | "npq-specialist-autumn" | "npq-specialist-spring" | null;
                    /**
                     * @description The year in which the cohort starts, such as 2026.
                     * @example 2026
                     */
                    cohort: string | null;
                    /**
                     * @description Tells the cohorts of one year apart: a, b and so on.
                     * @example b
                     */
                    cohort_suffix: string | null;
                    /**
                     * Format: uuid
                     * @description The id of the application.
                     * @example db3a7848-7308-4879-942a-c4a70ced400a
                     */
                    npq_application_id: string;
                    /**
                     * @description Whether the application is eligible for funding.
                     * @example true
                     */
                    eligible_for_funding: boolean;
                    /**
                     * @description Where the training stands.
                     * @example active
                     * @enum {string}
                     */
                    training_status: "active" | "deferred" | "withdrawn";
                    /**
                     * @description URN of the school where the participant works.
                     * @example 106286
                     */
                    school_urn: string | null;
                    /**
                     * @description Whether the participant qualifies for targeted delivery funding.
                     * @example false
                     */
                    targeted_delivery_funding_eligibility: boolean;
                    /**
                     * @description Why and since when the participant is withdrawn.
                     * @example null
                     */
                    withdrawal: {
                        /**
                         * @description The reason that was given.
                         * @enum {string|null}
                         */
                        reason: "insufficient-capacity-to-undertake-programme" | "personal-reason-health-or-pregnancy-related" | "personal-reason-moving-school" | "personal-reason-other" | "insufficient-capacity" | "change-in-developmental-or-personal-priorities" | "change-in-school-circumstances" | "change-in-school-leadership" | "quality-of-programme-structure-not-suitable." | "quality-of-programme-content-not-suitable" | "quality-of-programme-facilitation-not-effective" | "quality-of-programme-accessibility" | "quality-of-programme-other" | "programme-not-appropriate-for-role-and-cpd-needs" | "started-in-error" | "expected-commitment-unclear" | "assessment-requirements-not-met" | "change-in-career" | "disengaged-and-unresponsive" | "non-payment-of-invoice" | "other" | null;
                        /**
                         * Format: date-time
                         * @description Since when.
                         * @example 2026-03-04T09:15:00Z
                         */
                        date: string;
                    } | null;
                    /**
                     * @description Why and since when the training is deferred.
                     * @example null
                     */
                    deferral: {
                        /**
                         * @description The reason that was given.
                         * @enum {string|null}
                         */
                        reason: "bereavement" | "long-term-sickness" | "parental-leave" | "career-break" | "other" | null;
                        /**
                         * Format: date-time
                         * @description Since when.
                         * @example 2026-03-04T09:15:00Z
                         */
                        date: string;
                    } | null;
                    /**
                     * Format: date-time
                     * @description When the application was accepted.
                     * @example 2026-10-05T11:02:17Z
                     */
                    created_at: string | null;
                    /**
                     * @description Whether the place is funded; null where places are not limited.
                     * @example true
                     */
                    funded_place: boolean | null;
                }[];
                /** @description Ids that the participant had before, newest first. */
                participant_id_changes: {
                    /**
                     * Format: uuid
                     * @description The id that is no longer in use.
                     * @example 23dd8d66-e11f-4139-9001-86b4f9abcb02
                     */
                    from_participant_id: string;
                    /**
                     * Format: uuid
                     * @description The id to use instead.
                     * @example 7a8fef46-3c43-42c0-b3d5-1ba5904ba562
                     */
                    to_participant_id: string;
                    /**
                     * Format: date-time
                     * @description When the id changed.
                     * @example 2026-09-21T14:00:00Z
                     */
                    changed_at: string;
                }[];
            };
        };
        ParticipantChangeScheduleRequest: {
            data: {
                /**
                 * @example participant-change-schedule
                 * @enum {string}
                 */
                type: "participant-change-schedule";
                attributes: {
                    /**
                     * @description The course that the participant trains for.
                     * @enum {string}
                     */
                    course_identifier: "npq-senior-leadership" | "npq-headship" | "npq-executive-leadership" | "npq-early-years-leadership" | "npq-leading-teaching" | "npq-leading-behaviour-culture" | "npq-leading-teaching-development" | "npq-leading-literacy" | "npq-leading-primary-mathematics" | "npq-additional-support-offer" | "npq-early-headship-coaching-offer" | "npq-senco";
                    /**
                     * @description The new schedule.
                     * @enum {string}
                     */
                    schedule_identifier: "npq-aso-march" | "npq-aso-june" | "npq-aso-november" | "npq-aso-december" | "npq-ehco-march" | "npq-ehco-june" | "npq-ehco-november" | "npq-ehco-december" | "npq-leadership-autumn" | "npq-leadership-spring" | "npq-specialist-autumn" | "npq-specialist-spring";
                    /**
                     * @description The start year of the schedule’s cohort. Without one, the year stays as it is.
                     * @example 2026
                     */
                    cohort?: string | null;
                };
            };
        };
        ParticipantDeclaration: {
            /**
             * Format: uuid
             * @example 3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14
             */
            id: string;
            /** @enum {string} */
            type: "participant-declaration";
            attributes: {
                /**
                 * Format: uuid
                 * @description The participant who reached the milestone.
                 * @example 7a8fef46-3c43-42c0-b3d5-1ba5904ba562
                 */
                participant_id: string;
                /**
                 * @description The milestone.
                 * @example started
                 * @enum {string}
                 */
                declaration_type: "started" | "retained-1" | "retained-2" | "completed";
                /**
                 * @description The course of the participant’s application.
                 * @example npq-headship
                 * @enum {string}
                 */
                course_identifier: "npq-senior-leadership" | "npq-headship" | "npq-executive-leadership" | "npq-early-years-leadership" | "npq-leading-teaching" | "npq-leading-behaviour-culture" | "npq-leading-teaching-development" | "npq-leading-literacy" | "npq-leading-primary-mathematics" | "npq-additional-support-offer" | "npq-early-headship-coaching-offer" | "npq-senco";
                /**
                 * Format: date-time
                 * @description When the milestone was reached.
                 * @example 2026-10-12T09:00:00Z
                 */
                declaration_date: string;
                /**
                 * @description Where the declaration stands between submission and payment.
                 * @example submitted
                 * @enum {string}
                 */
                state: "submitted" | "eligible" | "payable" | "paid" | "voided" | "ineligible" | "awaiting-clawback" | "clawed-back";
                /**
                 * @description Whether the participant passed the course; null where that is not known or was voided.
                 * @example null
                 */
                has_passed: boolean | null;
                /**
                 * Format: uuid
                 * @description The partner that delivers the training.
                 * @example 6b1f9f5a-2f0c-4a8b-8f43-1f2a5e0c7d34
                 */
                delivery_partner_id: string | null;
                /**
                 * @description Its name.
                 * @example Moorland Teaching School Hub
                 */
                delivery_partner_name: string | null;
                /**
                 * Format: uuid
                 * @description A second partner that delivers the training.
                 * @example null
                 */
                secondary_delivery_partner_id: string | null;
                /**
                 * @description Its name.
                 * @example null
                 */
                secondary_delivery_partner_name: string | null;
                /**
                 * Format: uuid
                 * @description The statement with which the declaration is paid.
                 * @example cd3a1234-7308-4879-942a-c4a70ced400a
                 */
                statement_id: string | null;
                /**
                 * Format: uuid
                 * @description The application for which the declaration was made.
                 * @example db3a7848-7308-4879-942a-c4a70ced400a
                 */
                application_id: string;
                /**
                 * Format: uuid
                 * @description The statement with which the payment is taken back.
                 * @example null
                 */
                clawback_statement_id: string | null;
                /**
                 * @description Whether targeted delivery funding was paid with the declaration.
                 * @example false
                 */
                uplift_paid: boolean;
                /**
                 * @description The provider that made the declaration, and alone may change it.
                 * @example Example Lead Provider
                 */
                lead_provider_name: string;
                /**
                 * @description Why the declaration is ineligible: it was declared for another record of the person.
                 * @example null
                 * @enum {string|null}
                 */
                ineligible_for_funding_reason: "duplicate_declaration" | null;
                /**
                 * Format: date-time
                 * @description When the declaration was made.
                 * @example 2026-10-05T11:02:17Z
                 */
                created_at: string;
                /**
                 * Format: date-time
                 * @description When the declaration last changed.
                 * @example 2026-10-12T08:45:30Z
                 */
                updated_at: string;
            };
        };
        ParticipantDeclarationChangeDeliveryPartnerRequest: {
            data: {
                /**
                 * @example participant-declaration
                 * @enum {string}
                 */
                type: "participant-declaration";
                attributes: {
                    /**
                     * Format: uuid
                     * @deprecated
                     * @description Not read.
                     * @example 3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14
                     */
                    participant_id?: string;
                    /**
                     * @deprecated
                     * @description Not read.
                     * @enum {string}
                     */
                    declaration_type?: "started" | "retained-1" | "retained-2" | "completed";
                    /**
                     * Format: uuid
                     * @description The partner that delivers the training.
                     * @example 3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14
                     */
                    delivery_partner_id: string;
                    /**
                     * Format: uuid
                     * @description A second partner that delivers the training; left out, none is named any more.
                     * @example 3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14
                     */
                    secondary_delivery_partner_id?: string | null;
                };
            };
        };
        ParticipantDeclarationCompletedRequest: {
            /**
             * Format: uuid
             * @description The participant who reached the milestone.
             * @example 3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14
             */
            participant_id: string;
            /**
             * @description The milestone.
             * @enum {string}
             */
            declaration_type: "completed";
            /**
             * Format: date-time
             * @description When it was reached: not before the first day of the participant’s schedule, not in the future.
             * @example 2026-03-04T09:15:00Z
             */
            declaration_date: string;
            /**
             * @description The course of the participant’s accepted application.
             * @enum {string}
             */
            course_identifier: "npq-senior-leadership" | "npq-headship" | "npq-executive-leadership" | "npq-early-years-leadership" | "npq-leading-teaching" | "npq-leading-behaviour-culture" | "npq-leading-teaching-development" | "npq-leading-literacy" | "npq-leading-primary-mathematics" | "npq-additional-support-offer" | "npq-early-headship-coaching-offer" | "npq-senco";
            /** @description Whether the participant passed. Needed for leadership and specialist courses, not read for others. */
            has_passed: boolean;
            /**
             * Format: uuid
             * @description The partner that delivers the training. Needed for participants in England from cohort 2024 on.
             * @example 3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14
             */
            delivery_partner_id?: string | null;
            /**
             * Format: uuid
             * @description A second partner that delivers the training.
             * @example 3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14
             */
            secondary_delivery_partner_id?: string | null;
        };
        ParticipantDeclarationRequest: {
            data: {
                /**
                 * @example participant-declaration
                 * @enum {string}
                 */
                type: "participant-declaration";
                attributes: components["schemas"]["ParticipantDeclarationStartedRequest"] | components["schemas"]["ParticipantDeclarationRetainedRequest"] | components["schemas"]["ParticipantDeclarationCompletedRequest"];
            };
        };
        ParticipantDeclarationResponse: {
            data: components["schemas"]["ParticipantDeclaration"];
        };
        ParticipantDeclarationRetainedRequest: {
            /**
             * Format: uuid
             * @description The participant who reached the milestone.
             * @example 3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14
             */
            participant_id: string;
            /**
             * @description The milestone.
             * @enum {string}
             */
            declaration_type: "retained-1" | "retained-2";
            /**
             * Format: date-time
             * @description When it was reached: not before the first day of the participant’s schedule, not in the future.
             * @example 2026-03-04T09:15:00Z
             */
            declaration_date: string;
            /**
             * @description The course of the participant’s accepted application.
             * @enum {string}
             */
            course_identifier: "npq-senior-leadership" | "npq-headship" | "npq-executive-leadership" | "npq-early-years-leadership" | "npq-leading-teaching" | "npq-leading-behaviour-culture" | "npq-leading-teaching-development" | "npq-leading-literacy" | "npq-leading-primary-mathematics" | "npq-additional-support-offer" | "npq-early-headship-coaching-offer" | "npq-senco";
            /**
             * Format: uuid
             * @description The partner that delivers the training. Needed for participants in England from cohort 2024 on.
             * @example 3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14
             */
            delivery_partner_id?: string | null;
            /**
             * Format: uuid
             * @description A second partner that delivers the training.
             * @example 3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14
             */
            secondary_delivery_partner_id?: string | null;
        };
        ParticipantDeclarationsResponse: {
            data: components["schemas"]["ParticipantDeclaration"][];
        };
        ParticipantDeclarationStartedRequest: {
            /**
             * Format: uuid
             * @description The participant who reached the milestone.
             * @example 3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14
             */
            participant_id: string;
            /**
             * @description The milestone.
             * @enum {string}
             */
            declaration_type: "started";
            /**
             * Format: date-time
             * @description When it was reached: not before the first day of the participant’s schedule, not in the future.
             * @example 2026-03-04T09:15:00Z
             */
            declaration_date: string;
            /**
             * @description The course of the participant’s accepted application.
             * @enum {string}
             */
            course_identifier: "npq-senior-leadership" | "npq-headship" | "npq-executive-leadership" | "npq-early-years-leadership" | "npq-leading-teaching" | "npq-leading-behaviour-culture" | "npq-leading-teaching-development" | "npq-leading-literacy" | "npq-leading-primary-mathematics" | "npq-additional-support-offer" | "npq-early-headship-coaching-offer" | "npq-senco";
            /**
             * Format: uuid
             * @description The partner that delivers the training. Needed for participants in England from cohort 2024 on.
             * @example 3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14
             */
            delivery_partner_id?: string | null;
            /**
             * Format: uuid
             * @description A second partner that delivers the training.
             * @example 3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14
             */
            secondary_delivery_partner_id?: string | null;
        };
        ParticipantDeferRequest: {
            data: {
                /**
                 * @example participant-defer
                 * @enum {string}
                 */
                type: "participant-defer";
                attributes: {
                    /**
                     * @description The course that the participant trains for.
                     * @enum {string}
                     */
                    course_identifier: "npq-senior-leadership" | "npq-headship" | "npq-executive-leadership" | "npq-early-years-leadership" | "npq-leading-teaching" | "npq-leading-behaviour-culture" | "npq-leading-teaching-development" | "npq-leading-literacy" | "npq-leading-primary-mathematics" | "npq-additional-support-offer" | "npq-early-headship-coaching-offer" | "npq-senco";
                    /**
                     * @description Why the training is paused.
                     * @enum {string}
                     */
                    reason: "bereavement" | "long-term-sickness" | "parental-leave" | "career-break" | "other";
                };
            };
        };
        ParticipantResponse: {
            data: components["schemas"]["Participant"];
        };
        ParticipantResumeRequest: {
            data: {
                /**
                 * @example participant-resume
                 * @enum {string}
                 */
                type: "participant-resume";
                attributes: {
                    /**
                     * @description The course that the participant trains for.
                     * @enum {string}
                     */
                    course_identifier: "npq-senior-leadership" | "npq-headship" | "npq-executive-leadership" | "npq-early-years-leadership" | "npq-leading-teaching" | "npq-leading-behaviour-culture" | "npq-leading-teaching-development" | "npq-leading-literacy" | "npq-leading-primary-mathematics" | "npq-additional-support-offer" | "npq-early-headship-coaching-offer" | "npq-senco";
                };
            };
        };
        ParticipantsResponse: {
            data: components["schemas"]["Participant"][];
        };
        ParticipantWithdrawRequest: {
            data: {
                /**
                 * @example participant-withdraw
                 * @enum {string}
                 */
                type: "participant-withdraw";
                attributes: {
                    /**
                     * @description The course that the participant trains for.
                     * @enum {string}
                     */
                    course_identifier: "npq-senior-leadership" | "npq-headship" | "npq-executive-leadership" | "npq-early-years-leadership" | "npq-leading-teaching" | "npq-leading-behaviour-culture" | "npq-leading-teaching-development" | "npq-leading-literacy" | "npq-leading-primary-mathematics" | "npq-additional-support-offer" | "npq-early-headship-coaching-offer" | "npq-senco";
                    /**
                     * @description Why the participant withdraws.
                     * @enum {string}
                     */
                    reason: "insufficient-capacity-to-undertake-programme" | "personal-reason-health-or-pregnancy-related" | "personal-reason-moving-school" | "personal-reason-other" | "insufficient-capacity" | "change-in-developmental-or-personal-priorities" | "change-in-school-circumstances" | "change-in-school-leadership" | "quality-of-programme-structure-not-suitable." | "quality-of-programme-content-not-suitable" | "quality-of-programme-facilitation-not-effective" | "quality-of-programme-accessibility" | "quality-of-programme-other" | "programme-not-appropriate-for-role-and-cpd-needs" | "started-in-error" | "expected-commitment-unclear" | "assessment-requirements-not-met" | "change-in-career" | "disengaged-and-unresponsive" | "non-payment-of-invoice" | "other";
                };
            };
        };
        PayloadTooLargeResponse: {
            errors: {
                title: string;
                detail: string;
                /** @description Names the reason, and stays the same where the words change. */
                code: string;
            }[];
        };
        Statement: {
            /**
             * Format: uuid
             * @example cd3a1234-7308-4879-942a-c4a70ced400a
             */
            id: string;
            /** @enum {string} */
            type: "statement";
            attributes: {
                /**
                 * @description The month of the statement, in English.
                 * @example February
                 */
                month: string;
                /**
                 * @description The year of the statement.
                 * @example 2026
                 */
                year: string;
                /**
                 * @description The year in which the statement’s cohort starts.
                 * @example 2025
                 */
                cohort: string;
                /**
                 * Format: date
                 * @description The last day on which a declaration can still come onto the statement.
                 * @example 2026-01-25
                 */
                cut_off_date: string | null;
                /**
                 * Format: date
                 * @description The day on which you are paid.
                 * @example 2026-02-25
                 */
                payment_date: string | null;
                /**
                 * @description Whether the statement was paid.
                 * @example false
                 */
                paid: boolean;
                /**
                 * Format: date-time
                 * @description When the statement was made.
                 * @example 2026-10-05T11:02:17Z
                 */
                created_at: string;
                /**
                 * Format: date-time
                 * @description When the statement last changed.
                 * @example 2026-10-12T08:45:30Z
                 */
                updated_at: string;
            };
        };
        StatementResponse: {
            data: components["schemas"]["Statement"];
        };
        StatementsResponse: {
            data: components["schemas"]["Statement"][];
        };
        TooManyRequestsResponse: {
            errors: {
                title: string;
                detail: string;
                /** @description Names the reason, and stays the same where the words change. */
                code: string;
            }[];
        };
        UnauthorisedResponse: {
            error: string;
        };
        UnavailableResponse: {
            error: string;
        };
        UnprocessableEntityResponse: {
            errors: {
                title: string;
                detail: string;
                /** @description Names the reason, and stays the same where the words change. */
                code: string;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listApplications: {
        parameters: {
            query?: {
                /**
                 * @description Narrows the list. Several filters must all match.
                 * @example {
                 *       "cohort": "2025,2026",
                 *       "updated_since": "2026-01-13T11:21:55Z",
                 *       "participant_id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562"
                 *     }
                 */
                filter?: components["schemas"]["ListApplicationsFilter"];
                /**
                 * @description Which part of the list.
                 * @example {
                 *       "page": 1,
                 *       "per_page": 100
                 *     }
                 */
                page?: components["schemas"]["Pagination"];
                /**
                 * @description Order of the list: keys, comma-separated, each with - before it for descending order.
                 * @example -updated_at
                 */
                sort?: "created_at" | "-created_at" | "updated_at" | "-updated_at";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was carried out. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "db3a7848-7308-4879-942a-c4a70ced400a",
                     *           "type": "npq_application",
                     *           "attributes": {
                     *             "course_identifier": "npq-headship",
                     *             "email": "isabelle.macdonald@moorland-primary.example",
                     *             "email_validated": true,
                     *             "employer_name": null,
                     *             "employment_role": null,
                     *             "full_name": "Isabelle MacDonald",
                     *             "funding_choice": null,
                     *             "headteacher_status": "yes_in_first_two_years",
                     *             "ineligible_for_funding_reason": null,
                     *             "participant_id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                     *             "private_childcare_provider_urn": null,
                     *             "teacher_reference_number": "1234567",
                     *             "teacher_reference_number_validated": true,
                     *             "school_urn": "106286",
                     *             "school_ukprn": "10079319",
                     *             "status": "accepted",
                     *             "reason_for_rejection": null,
                     *             "works_in_school": true,
                     *             "cohort": "2026",
                     *             "cohort_suffix": "b",
                     *             "eligible_for_funding": true,
                     *             "targeted_delivery_funding_eligibility": false,
                     *             "teacher_catchment": true,
                     *             "teacher_catchment_country": "United Kingdom of Great Britain and Northern Ireland",
                     *             "teacher_catchment_iso_country_code": "GBR",
                     *             "itt_provider": null,
                     *             "lead_mentor": false,
                     *             "funded_place": true,
                     *             "created_at": "2026-10-05T11:02:17Z",
                     *             "updated_at": "2026-10-12T08:45:30Z",
                     *             "schedule_identifier": "npq-leadership-autumn",
                     *             "works_as_senco": null,
                     *             "senco_start_date": null
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ApplicationsResponse"];
                };
            };
            /** @description The request does not have the documented form. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Bad request",
                     *           "detail": "The filter '#/updated_since' must be a valid ISO 8601 date, such as 2025-01-28T13:15:00Z.",
                     *           "code": "filter_not_a_date"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BadRequestResponse"];
                };
            };
            /** @description The token is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "HTTP Token: Access denied"
                     *     }
                     */
                    "application/json": components["schemas"]["UnauthorisedResponse"];
                };
            };
            /** @description Too many requests in the last five minutes. Wait for the seconds in `retry-after`. */
            429: {
                headers: {
                    /**
                     * @description Whole seconds until the next request is let through.
                     * @example 12
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Too many requests",
                     *           "detail": "The limit of 1000 requests in 300 seconds for one token was reached. Wait 12 seconds, then send requests more slowly.",
                     *           "code": "too_many_requests"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TooManyRequestsResponse"];
                };
            };
            /** @description Something is wrong on our side. Try again later; tell us if it stays. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Internal server error"
                     *     }
                     */
                    "application/json": components["schemas"]["InternalErrorResponse"];
                };
            };
            /** @description The service cannot answer just now. Nothing is known to have changed: try again after the seconds in `retry-after`. */
            503: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Service unavailable"
                     *     }
                     */
                    "application/json": components["schemas"]["UnavailableResponse"];
                };
            };
        };
    };
    getApplication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the resource.
                 * @example db3a7848-7308-4879-942a-c4a70ced400a
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was carried out. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "db3a7848-7308-4879-942a-c4a70ced400a",
                     *         "type": "npq_application",
                     *         "attributes": {
                     *           "course_identifier": "npq-headship",
                     *           "email": "isabelle.macdonald@moorland-primary.example",
                     *           "email_validated": true,
                     *           "employer_name": null,
                     *           "employment_role": null,
                     *           "full_name": "Isabelle MacDonald",
                     *           "funding_choice": null,
                     *           "headteacher_status": "yes_in_first_two_years",
                     *           "ineligible_for_funding_reason": null,
                     *           "participant_id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                     *           "private_childcare_provider_urn": null,
                     *           "teacher_reference_number": "1234567",
                     *           "teacher_reference_number_validated": true,
                     *           "school_urn": "106286",
                     *           "school_ukprn": "10079319",
                     *           "status": "accepted",
                     *           "reason_for_rejection": null,
                     *           "works_in_school": true,
                     *           "cohort": "2026",
                     *           "cohort_suffix": "b",
                     *           "eligible_for_funding": true,
                     *           "targeted_delivery_funding_eligibility": false,
                     *           "teacher_catchment": true,
                     *           "teacher_catchment_country": "United Kingdom of Great Britain and Northern Ireland",
                     *           "teacher_catchment_iso_country_code": "GBR",
                     *           "itt_provider": null,
                     *           "lead_mentor": false,
                     *           "funded_place": true,
                     *           "created_at": "2026-10-05T11:02:17Z",
                     *           "updated_at": "2026-10-12T08:45:30Z",
                     *           "schedule_identifier": "npq-leadership-autumn",
                     *           "works_as_senco": null,
                     *           "senco_start_date": null
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ApplicationResponse"];
                };
            };
            /** @description The token is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "HTTP Token: Access denied"
                     *     }
                     */
                    "application/json": components["schemas"]["UnauthorisedResponse"];
                };
            };
            /** @description There is no such resource, or it is not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Resource not found"
                     *     }
                     */
                    "application/json": components["schemas"]["NotFoundResponse"];
                };
            };
            /** @description Too many requests in the last five minutes. Wait for the seconds in `retry-after`. */
            429: {
                headers: {
                    /**
                     * @description Whole seconds until the next request is let through.
                     * @example 12
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Too many requests",
                     *           "detail": "The limit of 1000 requests in 300 seconds for one token was reached. Wait 12 seconds, then send requests more slowly.",
                     *           "code": "too_many_requests"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TooManyRequestsResponse"];
                };
            };
            /** @description Something is wrong on our side. Try again later; tell us if it stays. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Internal server error"
                     *     }
                     */
                    "application/json": components["schemas"]["InternalErrorResponse"];
                };
            };
            /** @description The service cannot answer just now. Nothing is known to have changed: try again after the seconds in `retry-after`. */
            503: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Service unavailable"
                     *     }
                     */
                    "application/json": components["schemas"]["UnavailableResponse"];
                };
            };
        };
    };
    acceptApplication: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A key of your choice for this one request, such as a UUID. Send the same request again with the same key when you do not know what became of it: it is carried out once, and its first answer is repeated for 24 hours.
                 * @example {{$guid}}
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The id of the resource.
                 * @example db3a7848-7308-4879-942a-c4a70ced400a
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "npq-application-accept",
                 *         "attributes": {
                 *           "funded_place": true
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ApplicationAcceptRequest"];
            };
        };
        responses: {
            /** @description The request was carried out. */
            200: {
                headers: {
                    /** @description `true` where this is the answer to an earlier request with the same `Idempotency-Key`. Absent otherwise. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "db3a7848-7308-4879-942a-c4a70ced400a",
                     *         "type": "npq_application",
                     *         "attributes": {
                     *           "course_identifier": "npq-headship",
                     *           "email": "isabelle.macdonald@moorland-primary.example",
                     *           "email_validated": true,
                     *           "employer_name": null,
                     *           "employment_role": null,
                     *           "full_name": "Isabelle MacDonald",
                     *           "funding_choice": null,
                     *           "headteacher_status": "yes_in_first_two_years",
                     *           "ineligible_for_funding_reason": null,
                     *           "participant_id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                     *           "private_childcare_provider_urn": null,
                     *           "teacher_reference_number": "1234567",
                     *           "teacher_reference_number_validated": true,
                     *           "school_urn": "106286",
                     *           "school_ukprn": "10079319",
                     *           "status": "accepted",
                     *           "reason_for_rejection": null,
                     *           "works_in_school": true,
                     *           "cohort": "2026",
                     *           "cohort_suffix": "b",
                     *           "eligible_for_funding": true,
                     *           "targeted_delivery_funding_eligibility": false,
                     *           "teacher_catchment": true,
                     *           "teacher_catchment_country": "United Kingdom of Great Britain and Northern Ireland",
                     *           "teacher_catchment_iso_country_code": "GBR",
                     *           "itt_provider": null,
                     *           "lead_mentor": false,
                     *           "funded_place": true,
                     *           "created_at": "2026-10-05T11:02:17Z",
                     *           "updated_at": "2026-10-12T08:45:30Z",
                     *           "schedule_identifier": "npq-leadership-autumn",
                     *           "works_as_senco": null,
                     *           "senco_start_date": null
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ApplicationResponse"];
                };
            };
            /** @description The request does not have the documented form. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Bad request",
                     *           "detail": "The request body must be JSON with the documented structure: {\"data\":{\"type\":\"…\",\"attributes\":{…}}}. See the API documentation for the attributes of this action.",
                     *           "code": "body_malformed"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BadRequestResponse"];
                };
            };
            /** @description The token is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "HTTP Token: Access denied"
                     *     }
                     */
                    "application/json": components["schemas"]["UnauthorisedResponse"];
                };
            };
            /** @description There is no such resource, or it is not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Resource not found"
                     *     }
                     */
                    "application/json": components["schemas"]["NotFoundResponse"];
                };
            };
            /** @description The first request with this `Idempotency-Key` is still being carried out. */
            409: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Conflict",
                     *           "detail": "The first request with this Idempotency-Key is still being carried out. Send the same request again after the seconds in retry-after.",
                     *           "code": "idempotency_key_in_use"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ConflictResponse"];
                };
            };
            /** @description The body is larger than 1 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Payload too large",
                     *           "detail": "The request body is larger than 1 MiB. Send less in one request.",
                     *           "code": "body_too_large"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PayloadTooLargeResponse"];
                };
            };
            /** @description The request breaks a rule; every rule that it breaks is named. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "application",
                     *           "detail": "This application has been accepted already.",
                     *           "code": "application_already_accepted"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["UnprocessableEntityResponse"];
                };
            };
            /** @description Too many requests in the last five minutes. Wait for the seconds in `retry-after`. */
            429: {
                headers: {
                    /**
                     * @description Whole seconds until the next request is let through.
                     * @example 12
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Too many requests",
                     *           "detail": "The limit of 1000 requests in 300 seconds for one token was reached. Wait 12 seconds, then send requests more slowly.",
                     *           "code": "too_many_requests"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TooManyRequestsResponse"];
                };
            };
            /** @description Something is wrong on our side. Try again later; tell us if it stays. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Internal server error"
                     *     }
                     */
                    "application/json": components["schemas"]["InternalErrorResponse"];
                };
            };
            /** @description The service cannot answer just now. Nothing is known to have changed: try again after the seconds in `retry-after`. */
            503: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Service unavailable"
                     *     }
                     */
                    "application/json": components["schemas"]["UnavailableResponse"];
                };
            };
        };
    };
    rejectApplication: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A key of your choice for this one request, such as a UUID. Send the same request again with the same key when you do not know what became of it: it is carried out once, and its first answer is repeated for 24 hours.
                 * @example {{$guid}}
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The id of the resource.
                 * @example db3a7848-7308-4879-942a-c4a70ced400a
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was carried out. */
            200: {
                headers: {
                    /** @description `true` where this is the answer to an earlier request with the same `Idempotency-Key`. Absent otherwise. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "db3a7848-7308-4879-942a-c4a70ced400a",
                     *         "type": "npq_application",
                     *         "attributes": {
                     *           "course_identifier": "npq-headship",
                     *           "email": "isabelle.macdonald@moorland-primary.example",
                     *           "email_validated": true,
                     *           "employer_name": null,
                     *           "employment_role": null,
                     *           "full_name": "Isabelle MacDonald",
                     *           "funding_choice": null,
                     *           "headteacher_status": "yes_in_first_two_years",
                     *           "ineligible_for_funding_reason": null,
                     *           "participant_id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                     *           "private_childcare_provider_urn": null,
                     *           "teacher_reference_number": "1234567",
                     *           "teacher_reference_number_validated": true,
                     *           "school_urn": "106286",
                     *           "school_ukprn": "10079319",
                     *           "status": "rejected",
                     *           "reason_for_rejection": "rejected_by_provider",
                     *           "works_in_school": true,
                     *           "cohort": "2026",
                     *           "cohort_suffix": "b",
                     *           "eligible_for_funding": true,
                     *           "targeted_delivery_funding_eligibility": false,
                     *           "teacher_catchment": true,
                     *           "teacher_catchment_country": "United Kingdom of Great Britain and Northern Ireland",
                     *           "teacher_catchment_iso_country_code": "GBR",
                     *           "itt_provider": null,
                     *           "lead_mentor": false,
                     *           "funded_place": null,
                     *           "created_at": "2026-10-05T11:02:17Z",
                     *           "updated_at": "2026-10-12T08:45:30Z",
                     *           "schedule_identifier": null,
                     *           "works_as_senco": null,
                     *           "senco_start_date": null
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ApplicationResponse"];
                };
            };
            /** @description The request does not have the documented form. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Bad request",
                     *           "detail": "The header Idempotency-Key must be one text of 1 to 255 visible ASCII characters without commas, semicolons, quotes and backslashes, such as a UUID.",
                     *           "code": "idempotency_key_malformed"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BadRequestResponse"];
                };
            };
            /** @description The token is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "HTTP Token: Access denied"
                     *     }
                     */
                    "application/json": components["schemas"]["UnauthorisedResponse"];
                };
            };
            /** @description There is no such resource, or it is not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Resource not found"
                     *     }
                     */
                    "application/json": components["schemas"]["NotFoundResponse"];
                };
            };
            /** @description The first request with this `Idempotency-Key` is still being carried out. */
            409: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Conflict",
                     *           "detail": "The first request with this Idempotency-Key is still being carried out. Send the same request again after the seconds in retry-after.",
                     *           "code": "idempotency_key_in_use"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ConflictResponse"];
                };
            };
            /** @description The request breaks a rule; every rule that it breaks is named. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "application",
                     *           "detail": "This application has been rejected already.",
                     *           "code": "application_already_rejected"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["UnprocessableEntityResponse"];
                };
            };
            /** @description Too many requests in the last five minutes. Wait for the seconds in `retry-after`. */
            429: {
                headers: {
                    /**
                     * @description Whole seconds until the next request is let through.
                     * @example 12
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Too many requests",
                     *           "detail": "The limit of 1000 requests in 300 seconds for one token was reached. Wait 12 seconds, then send requests more slowly.",
                     *           "code": "too_many_requests"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TooManyRequestsResponse"];
                };
            };
            /** @description Something is wrong on our side. Try again later; tell us if it stays. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Internal server error"
                     *     }
                     */
                    "application/json": components["schemas"]["InternalErrorResponse"];
                };
            };
            /** @description The service cannot answer just now. Nothing is known to have changed: try again after the seconds in `retry-after`. */
            503: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Service unavailable"
                     *     }
                     */
                    "application/json": components["schemas"]["UnavailableResponse"];
                };
            };
        };
    };
    changeFundedPlace: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A key of your choice for this one request, such as a UUID. Send the same request again with the same key when you do not know what became of it: it is carried out once, and its first answer is repeated for 24 hours.
                 * @example {{$guid}}
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The id of the resource.
                 * @example db3a7848-7308-4879-942a-c4a70ced400a
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "npq-application-change-funded-place",
                 *         "attributes": {
                 *           "funded_place": false
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ApplicationChangeFundedPlaceRequest"];
            };
        };
        responses: {
            /** @description The request was carried out. */
            200: {
                headers: {
                    /** @description `true` where this is the answer to an earlier request with the same `Idempotency-Key`. Absent otherwise. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "db3a7848-7308-4879-942a-c4a70ced400a",
                     *         "type": "npq_application",
                     *         "attributes": {
                     *           "course_identifier": "npq-headship",
                     *           "email": "isabelle.macdonald@moorland-primary.example",
                     *           "email_validated": true,
                     *           "employer_name": null,
                     *           "employment_role": null,
                     *           "full_name": "Isabelle MacDonald",
                     *           "funding_choice": null,
                     *           "headteacher_status": "yes_in_first_two_years",
                     *           "ineligible_for_funding_reason": null,
                     *           "participant_id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                     *           "private_childcare_provider_urn": null,
                     *           "teacher_reference_number": "1234567",
                     *           "teacher_reference_number_validated": true,
                     *           "school_urn": "106286",
                     *           "school_ukprn": "10079319",
                     *           "status": "accepted",
                     *           "reason_for_rejection": null,
                     *           "works_in_school": true,
                     *           "cohort": "2026",
                     *           "cohort_suffix": "b",
                     *           "eligible_for_funding": true,
                     *           "targeted_delivery_funding_eligibility": false,
                     *           "teacher_catchment": true,
                     *           "teacher_catchment_country": "United Kingdom of Great Britain and Northern Ireland",
                     *           "teacher_catchment_iso_country_code": "GBR",
                     *           "itt_provider": null,
                     *           "lead_mentor": false,
                     *           "funded_place": false,
                     *           "created_at": "2026-10-05T11:02:17Z",
                     *           "updated_at": "2026-10-12T08:45:30Z",
                     *           "schedule_identifier": "npq-leadership-autumn",
                     *           "works_as_senco": null,
                     *           "senco_start_date": null
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ApplicationResponse"];
                };
            };
            /** @description The request does not have the documented form. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Bad request",
                     *           "detail": "The request body must be JSON with the documented structure: {\"data\":{\"type\":\"…\",\"attributes\":{…}}}. See the API documentation for the attributes of this action.",
                     *           "code": "body_malformed"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BadRequestResponse"];
                };
            };
            /** @description The token is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "HTTP Token: Access denied"
                     *     }
                     */
                    "application/json": components["schemas"]["UnauthorisedResponse"];
                };
            };
            /** @description There is no such resource, or it is not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Resource not found"
                     *     }
                     */
                    "application/json": components["schemas"]["NotFoundResponse"];
                };
            };
            /** @description The first request with this `Idempotency-Key` is still being carried out. */
            409: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Conflict",
                     *           "detail": "The first request with this Idempotency-Key is still being carried out. Send the same request again after the seconds in retry-after.",
                     *           "code": "idempotency_key_in_use"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ConflictResponse"];
                };
            };
            /** @description The body is larger than 1 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Payload too large",
                     *           "detail": "The request body is larger than 1 MiB. Send less in one request.",
                     *           "code": "body_too_large"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PayloadTooLargeResponse"];
                };
            };
            /** @description The request breaks a rule; every rule that it breaks is named. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "application",
                     *           "detail": "Accept the application before you change its #/funded_place.",
                     *           "code": "application_not_accepted"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["UnprocessableEntityResponse"];
                };
            };
            /** @description Too many requests in the last five minutes. Wait for the seconds in `retry-after`. */
            429: {
                headers: {
                    /**
                     * @description Whole seconds until the next request is let through.
                     * @example 12
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Too many requests",
                     *           "detail": "The limit of 1000 requests in 300 seconds for one token was reached. Wait 12 seconds, then send requests more slowly.",
                     *           "code": "too_many_requests"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TooManyRequestsResponse"];
                };
            };
            /** @description Something is wrong on our side. Try again later; tell us if it stays. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Internal server error"
                     *     }
                     */
                    "application/json": components["schemas"]["InternalErrorResponse"];
                };
            };
            /** @description The service cannot answer just now. Nothing is known to have changed: try again after the seconds in `retry-after`. */
            503: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Service unavailable"
                     *     }
                     */
                    "application/json": components["schemas"]["UnavailableResponse"];
                };
            };
        };
    };
    listParticipants: {
        parameters: {
            query?: {
                /**
                 * @description Narrows the list. Several filters must all match.
                 * @example {
                 *       "updated_since": "2026-01-13T11:21:55Z",
                 *       "training_status": "active",
                 *       "from_participant_id": "3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14"
                 *     }
                 */
                filter?: components["schemas"]["ListParticipantsFilter"];
                /**
                 * @description Which part of the list.
                 * @example {
                 *       "page": 1,
                 *       "per_page": 100
                 *     }
                 */
                page?: components["schemas"]["Pagination"];
                /**
                 * @description Order of the list: keys, comma-separated, each with - before it for descending order.
                 * @example -updated_at
                 */
                sort?: "created_at" | "-created_at" | "updated_at" | "-updated_at";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was carried out. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                     *           "type": "npq-participant",
                     *           "attributes": {
                     *             "full_name": "Isabelle MacDonald",
                     *             "previous_names": [
                     *               "Isabelle Marchetti"
                     *             ],
                     *             "teacher_reference_number": "1234567",
                     *             "updated_at": "2026-10-12T08:45:30Z",
                     *             "npq_enrolments": [
                     *               {
                     *                 "email": "isabelle.macdonald@moorland-primary.example",
                     *                 "course_identifier": "npq-headship",
                     *                 "schedule_identifier": "npq-leadership-autumn",
                     *                 "cohort": "2026",
                     *                 "cohort_suffix": "b",
                     *                 "npq_application_id": "db3a7848-7308-4879-942a-c4a70ced400a",
                     *                 "eligible_for_funding": true,
                     *                 "training_status": "active",
                     *                 "school_urn": "106286",
                     *                 "targeted_delivery_funding_eligibility": false,
                     *                 "withdrawal": null,
                     *                 "deferral": null,
                     *                 "created_at": "2026-10-05T11:02:17Z",
                     *                 "funded_place": true
                     *               }
                     *             ],
                     *             "participant_id_changes": [
                     *               {
                     *                 "from_participant_id": "23dd8d66-e11f-4139-9001-86b4f9abcb02",
                     *                 "to_participant_id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                     *                 "changed_at": "2026-09-21T14:00:00Z"
                     *               }
                     *             ]
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ParticipantsResponse"];
                };
            };
            /** @description The request does not have the documented form. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Bad request",
                     *           "detail": "The filter '#/updated_since' must be a valid ISO 8601 date, such as 2025-01-28T13:15:00Z.",
                     *           "code": "filter_not_a_date"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BadRequestResponse"];
                };
            };
            /** @description The token is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "HTTP Token: Access denied"
                     *     }
                     */
                    "application/json": components["schemas"]["UnauthorisedResponse"];
                };
            };
            /** @description The request breaks a rule; every rule that it breaks is named. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Unpermitted parameters",
                     *           "detail": "The filter '#/training_status' must be one of active, deferred, withdrawn.",
                     *           "code": "filter_value_unknown"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["UnprocessableEntityResponse"];
                };
            };
            /** @description Too many requests in the last five minutes. Wait for the seconds in `retry-after`. */
            429: {
                headers: {
                    /**
                     * @description Whole seconds until the next request is let through.
                     * @example 12
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Too many requests",
                     *           "detail": "The limit of 1000 requests in 300 seconds for one token was reached. Wait 12 seconds, then send requests more slowly.",
                     *           "code": "too_many_requests"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TooManyRequestsResponse"];
                };
            };
            /** @description Something is wrong on our side. Try again later; tell us if it stays. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Internal server error"
                     *     }
                     */
                    "application/json": components["schemas"]["InternalErrorResponse"];
                };
            };
            /** @description The service cannot answer just now. Nothing is known to have changed: try again after the seconds in `retry-after`. */
            503: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Service unavailable"
                     *     }
                     */
                    "application/json": components["schemas"]["UnavailableResponse"];
                };
            };
        };
    };
    getParticipant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the resource.
                 * @example 7a8fef46-3c43-42c0-b3d5-1ba5904ba562
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was carried out. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                     *         "type": "npq-participant",
                     *         "attributes": {
                     *           "full_name": "Isabelle MacDonald",
                     *           "previous_names": [
                     *             "Isabelle Marchetti"
                     *           ],
                     *           "teacher_reference_number": "1234567",
                     *           "updated_at": "2026-10-12T08:45:30Z",
                     *           "npq_enrolments": [
                     *             {
                     *               "email": "isabelle.macdonald@moorland-primary.example",
                     *               "course_identifier": "npq-headship",
                     *               "schedule_identifier": "npq-leadership-autumn",
                     *               "cohort": "2026",
                     *               "cohort_suffix": "b",
                     *               "npq_application_id": "db3a7848-7308-4879-942a-c4a70ced400a",
                     *               "eligible_for_funding": true,
                     *               "training_status": "active",
                     *               "school_urn": "106286",
                     *               "targeted_delivery_funding_eligibility": false,
                     *               "withdrawal": null,
                     *               "deferral": null,
                     *               "created_at": "2026-10-05T11:02:17Z",
                     *               "funded_place": true
                     *             }
                     *           ],
                     *           "participant_id_changes": [
                     *             {
                     *               "from_participant_id": "23dd8d66-e11f-4139-9001-86b4f9abcb02",
                     *               "to_participant_id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                     *               "changed_at": "2026-09-21T14:00:00Z"
                     *             }
                     *           ]
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ParticipantResponse"];
                };
            };
            /** @description The token is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "HTTP Token: Access denied"
                     *     }
                     */
                    "application/json": components["schemas"]["UnauthorisedResponse"];
                };
            };
            /** @description There is no such resource, or it is not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Resource not found"
                     *     }
                     */
                    "application/json": components["schemas"]["NotFoundResponse"];
                };
            };
            /** @description The participant has another id now: the answer names it. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Participant ID has been changed",
                     *           "detail": "The participant id 23dd8d66-e11f-4139-9001-86b4f9abcb02 was replaced by 7a8fef46-3c43-42c0-b3d5-1ba5904ba562. Use 7a8fef46-3c43-42c0-b3d5-1ba5904ba562 from now on.",
                     *           "participant_id_changes": [
                     *             {
                     *               "from_participant_id": "23dd8d66-e11f-4139-9001-86b4f9abcb02",
                     *               "to_participant_id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                     *               "changed_at": "2026-09-21T14:00:00Z"
                     *             }
                     *           ],
                     *           "code": "participant_id_replaced"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["GoneResponse"];
                };
            };
            /** @description Too many requests in the last five minutes. Wait for the seconds in `retry-after`. */
            429: {
                headers: {
                    /**
                     * @description Whole seconds until the next request is let through.
                     * @example 12
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Too many requests",
                     *           "detail": "The limit of 1000 requests in 300 seconds for one token was reached. Wait 12 seconds, then send requests more slowly.",
                     *           "code": "too_many_requests"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TooManyRequestsResponse"];
                };
            };
            /** @description Something is wrong on our side. Try again later; tell us if it stays. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Internal server error"
                     *     }
                     */
                    "application/json": components["schemas"]["InternalErrorResponse"];
                };
            };
            /** @description The service cannot answer just now. Nothing is known to have changed: try again after the seconds in `retry-after`. */
            503: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Service unavailable"
                     *     }
                     */
                    "application/json": components["schemas"]["UnavailableResponse"];
                };
            };
        };
    };
    deferParticipant: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A key of your choice for this one request, such as a UUID. Send the same request again with the same key when you do not know what became of it: it is carried out once, and its first answer is repeated for 24 hours.
                 * @example {{$guid}}
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The id of the resource.
                 * @example 7a8fef46-3c43-42c0-b3d5-1ba5904ba562
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "participant-defer",
                 *         "attributes": {
                 *           "course_identifier": "npq-headship",
                 *           "reason": "bereavement"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ParticipantDeferRequest"];
            };
        };
        responses: {
            /** @description The request was carried out. */
            200: {
                headers: {
                    /** @description `true` where this is the answer to an earlier request with the same `Idempotency-Key`. Absent otherwise. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                     *         "type": "npq-participant",
                     *         "attributes": {
                     *           "full_name": "Isabelle MacDonald",
                     *           "previous_names": [
                     *             "Isabelle Marchetti"
                     *           ],
                     *           "teacher_reference_number": "1234567",
                     *           "updated_at": "2026-10-12T08:45:30Z",
                     *           "npq_enrolments": [
                     *             {
                     *               "email": "isabelle.macdonald@moorland-primary.example",
                     *               "course_identifier": "npq-headship",
                     *               "schedule_identifier": "npq-leadership-autumn",
                     *               "cohort": "2026",
                     *               "cohort_suffix": "b",
                     *               "npq_application_id": "db3a7848-7308-4879-942a-c4a70ced400a",
                     *               "eligible_for_funding": true,
                     *               "training_status": "deferred",
                     *               "school_urn": "106286",
                     *               "targeted_delivery_funding_eligibility": false,
                     *               "withdrawal": null,
                     *               "deferral": {
                     *                 "reason": "parental-leave",
                     *                 "date": "2026-10-12T08:45:30Z"
                     *               },
                     *               "created_at": "2026-10-05T11:02:17Z",
                     *               "funded_place": true
                     *             }
                     *           ],
                     *           "participant_id_changes": [
                     *             {
                     *               "from_participant_id": "23dd8d66-e11f-4139-9001-86b4f9abcb02",
                     *               "to_participant_id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                     *               "changed_at": "2026-09-21T14:00:00Z"
                     *             }
                     *           ]
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ParticipantResponse"];
                };
            };
            /** @description The request does not have the documented form. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Bad request",
                     *           "detail": "The request body must be JSON with the documented structure: {\"data\":{\"type\":\"…\",\"attributes\":{…}}}. See the API documentation for the attributes of this action.",
                     *           "code": "body_malformed"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BadRequestResponse"];
                };
            };
            /** @description The token is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "HTTP Token: Access denied"
                     *     }
                     */
                    "application/json": components["schemas"]["UnauthorisedResponse"];
                };
            };
            /** @description There is no such resource, or it is not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Resource not found"
                     *     }
                     */
                    "application/json": components["schemas"]["NotFoundResponse"];
                };
            };
            /** @description The first request with this `Idempotency-Key` is still being carried out. */
            409: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Conflict",
                     *           "detail": "The first request with this Idempotency-Key is still being carried out. Send the same request again after the seconds in retry-after.",
                     *           "code": "idempotency_key_in_use"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ConflictResponse"];
                };
            };
            /** @description The body is larger than 1 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Payload too large",
                     *           "detail": "The request body is larger than 1 MiB. Send less in one request.",
                     *           "code": "body_too_large"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PayloadTooLargeResponse"];
                };
            };
            /** @description The request breaks a rule; every rule that it breaks is named. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "course_identifier",
                     *           "detail": "The #/course_identifier is not one of a course that the participant could be on. See the API documentation for the course identifiers.",
                     *           "code": "course_identifier_unknown"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["UnprocessableEntityResponse"];
                };
            };
            /** @description Too many requests in the last five minutes. Wait for the seconds in `retry-after`. */
            429: {
                headers: {
                    /**
                     * @description Whole seconds until the next request is let through.
                     * @example 12
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Too many requests",
                     *           "detail": "The limit of 1000 requests in 300 seconds for one token was reached. Wait 12 seconds, then send requests more slowly.",
                     *           "code": "too_many_requests"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TooManyRequestsResponse"];
                };
            };
            /** @description Something is wrong on our side. Try again later; tell us if it stays. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Internal server error"
                     *     }
                     */
                    "application/json": components["schemas"]["InternalErrorResponse"];
                };
            };
            /** @description The service cannot answer just now. Nothing is known to have changed: try again after the seconds in `retry-after`. */
            503: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Service unavailable"
                     *     }
                     */
                    "application/json": components["schemas"]["UnavailableResponse"];
                };
            };
        };
    };
    resumeParticipant: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A key of your choice for this one request, such as a UUID. Send the same request again with the same key when you do not know what became of it: it is carried out once, and its first answer is repeated for 24 hours.
                 * @example {{$guid}}
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The id of the resource.
                 * @example 7a8fef46-3c43-42c0-b3d5-1ba5904ba562
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "participant-resume",
                 *         "attributes": {
                 *           "course_identifier": "npq-headship"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ParticipantResumeRequest"];
            };
        };
        responses: {
            /** @description The request was carried out. */
            200: {
                headers: {
                    /** @description `true` where this is the answer to an earlier request with the same `Idempotency-Key`. Absent otherwise. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                     *         "type": "npq-participant",
                     *         "attributes": {
                     *           "full_name": "Isabelle MacDonald",
                     *           "previous_names": [
                     *             "Isabelle Marchetti"
                     *           ],
                     *           "teacher_reference_number": "1234567",
                     *           "updated_at": "2026-10-12T08:45:30Z",
                     *           "npq_enrolments": [
                     *             {
                     *               "email": "isabelle.macdonald@moorland-primary.example",
                     *               "course_identifier": "npq-headship",
                     *               "schedule_identifier": "npq-leadership-autumn",
                     *               "cohort": "2026",
                     *               "cohort_suffix": "b",
                     *               "npq_application_id": "db3a7848-7308-4879-942a-c4a70ced400a",
                     *               "eligible_for_funding": true,
                     *               "training_status": "active",
                     *               "school_urn": "106286",
                     *               "targeted_delivery_funding_eligibility": false,
                     *               "withdrawal": null,
                     *               "deferral": null,
                     *               "created_at": "2026-10-05T11:02:17Z",
                     *               "funded_place": true
                     *             }
                     *           ],
                     *           "participant_id_changes": [
                     *             {
                     *               "from_participant_id": "23dd8d66-e11f-4139-9001-86b4f9abcb02",
                     *               "to_participant_id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                     *               "changed_at": "2026-09-21T14:00:00Z"
                     *             }
                     *           ]
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ParticipantResponse"];
                };
            };
            /** @description The request does not have the documented form. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Bad request",
                     *           "detail": "The request body must be JSON with the documented structure: {\"data\":{\"type\":\"…\",\"attributes\":{…}}}. See the API documentation for the attributes of this action.",
                     *           "code": "body_malformed"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BadRequestResponse"];
                };
            };
            /** @description The token is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "HTTP Token: Access denied"
                     *     }
                     */
                    "application/json": components["schemas"]["UnauthorisedResponse"];
                };
            };
            /** @description There is no such resource, or it is not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Resource not found"
                     *     }
                     */
                    "application/json": components["schemas"]["NotFoundResponse"];
                };
            };
            /** @description The first request with this `Idempotency-Key` is still being carried out. */
            409: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Conflict",
                     *           "detail": "The first request with this Idempotency-Key is still being carried out. Send the same request again after the seconds in retry-after.",
                     *           "code": "idempotency_key_in_use"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ConflictResponse"];
                };
            };
            /** @description The body is larger than 1 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Payload too large",
                     *           "detail": "The request body is larger than 1 MiB. Send less in one request.",
                     *           "code": "body_too_large"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PayloadTooLargeResponse"];
                };
            };
            /** @description The request breaks a rule; every rule that it breaks is named. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "course_identifier",
                     *           "detail": "The #/course_identifier is not one of a course that the participant could be on. See the API documentation for the course identifiers.",
                     *           "code": "course_identifier_unknown"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["UnprocessableEntityResponse"];
                };
            };
            /** @description Too many requests in the last five minutes. Wait for the seconds in `retry-after`. */
            429: {
                headers: {
                    /**
                     * @description Whole seconds until the next request is let through.
                     * @example 12
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Too many requests",
                     *           "detail": "The limit of 1000 requests in 300 seconds for one token was reached. Wait 12 seconds, then send requests more slowly.",
                     *           "code": "too_many_requests"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TooManyRequestsResponse"];
                };
            };
            /** @description Something is wrong on our side. Try again later; tell us if it stays. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Internal server error"
                     *     }
                     */
                    "application/json": components["schemas"]["InternalErrorResponse"];
                };
            };
            /** @description The service cannot answer just now. Nothing is known to have changed: try again after the seconds in `retry-after`. */
            503: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Service unavailable"
                     *     }
                     */
                    "application/json": components["schemas"]["UnavailableResponse"];
                };
            };
        };
    };
    withdrawParticipant: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A key of your choice for this one request, such as a UUID. Send the same request again with the same key when you do not know what became of it: it is carried out once, and its first answer is repeated for 24 hours.
                 * @example {{$guid}}
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The id of the resource.
                 * @example 7a8fef46-3c43-42c0-b3d5-1ba5904ba562
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "participant-withdraw",
                 *         "attributes": {
                 *           "course_identifier": "npq-headship",
                 *           "reason": "insufficient-capacity"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ParticipantWithdrawRequest"];
            };
        };
        responses: {
            /** @description The request was carried out. */
            200: {
                headers: {
                    /** @description `true` where this is the answer to an earlier request with the same `Idempotency-Key`. Absent otherwise. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                     *         "type": "npq-participant",
                     *         "attributes": {
                     *           "full_name": "Isabelle MacDonald",
                     *           "previous_names": [
                     *             "Isabelle Marchetti"
                     *           ],
                     *           "teacher_reference_number": "1234567",
                     *           "updated_at": "2026-10-12T08:45:30Z",
                     *           "npq_enrolments": [
                     *             {
                     *               "email": "isabelle.macdonald@moorland-primary.example",
                     *               "course_identifier": "npq-headship",
                     *               "schedule_identifier": "npq-leadership-autumn",
                     *               "cohort": "2026",
                     *               "cohort_suffix": "b",
                     *               "npq_application_id": "db3a7848-7308-4879-942a-c4a70ced400a",
                     *               "eligible_for_funding": true,
                     *               "training_status": "withdrawn",
                     *               "school_urn": "106286",
                     *               "targeted_delivery_funding_eligibility": false,
                     *               "withdrawal": {
                     *                 "reason": "change-in-school-circumstances",
                     *                 "date": "2026-10-12T08:45:30Z"
                     *               },
                     *               "deferral": null,
                     *               "created_at": "2026-10-05T11:02:17Z",
                     *               "funded_place": true
                     *             }
                     *           ],
                     *           "participant_id_changes": [
                     *             {
                     *               "from_participant_id": "23dd8d66-e11f-4139-9001-86b4f9abcb02",
                     *               "to_participant_id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                     *               "changed_at": "2026-09-21T14:00:00Z"
                     *             }
                     *           ]
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ParticipantResponse"];
                };
            };
            /** @description The request does not have the documented form. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Bad request",
                     *           "detail": "The request body must be JSON with the documented structure: {\"data\":{\"type\":\"…\",\"attributes\":{…}}}. See the API documentation for the attributes of this action.",
                     *           "code": "body_malformed"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BadRequestResponse"];
                };
            };
            /** @description The token is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "HTTP Token: Access denied"
                     *     }
                     */
                    "application/json": components["schemas"]["UnauthorisedResponse"];
                };
            };
            /** @description There is no such resource, or it is not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Resource not found"
                     *     }
                     */
                    "application/json": components["schemas"]["NotFoundResponse"];
                };
            };
            /** @description The first request with this `Idempotency-Key` is still being carried out. */
            409: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Conflict",
                     *           "detail": "The first request with this Idempotency-Key is still being carried out. Send the same request again after the seconds in retry-after.",
                     *           "code": "idempotency_key_in_use"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ConflictResponse"];
                };
            };
            /** @description The body is larger than 1 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Payload too large",
                     *           "detail": "The request body is larger than 1 MiB. Send less in one request.",
                     *           "code": "body_too_large"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PayloadTooLargeResponse"];
                };
            };
            /** @description The request breaks a rule; every rule that it breaks is named. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "course_identifier",
                     *           "detail": "The #/course_identifier is not one of a course that the participant could be on. See the API documentation for the course identifiers.",
                     *           "code": "course_identifier_unknown"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["UnprocessableEntityResponse"];
                };
            };
            /** @description Too many requests in the last five minutes. Wait for the seconds in `retry-after`. */
            429: {
                headers: {
                    /**
                     * @description Whole seconds until the next request is let through.
                     * @example 12
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Too many requests",
                     *           "detail": "The limit of 1000 requests in 300 seconds for one token was reached. Wait 12 seconds, then send requests more slowly.",
                     *           "code": "too_many_requests"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TooManyRequestsResponse"];
                };
            };
            /** @description Something is wrong on our side. Try again later; tell us if it stays. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Internal server error"
                     *     }
                     */
                    "application/json": components["schemas"]["InternalErrorResponse"];
                };
            };
            /** @description The service cannot answer just now. Nothing is known to have changed: try again after the seconds in `retry-after`. */
            503: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Service unavailable"
                     *     }
                     */
                    "application/json": components["schemas"]["UnavailableResponse"];
                };
            };
        };
    };
    changeParticipantSchedule: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A key of your choice for this one request, such as a UUID. Send the same request again with the same key when you do not know what became of it: it is carried out once, and its first answer is repeated for 24 hours.
                 * @example {{$guid}}
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The id of the resource.
                 * @example 7a8fef46-3c43-42c0-b3d5-1ba5904ba562
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "participant-change-schedule",
                 *         "attributes": {
                 *           "course_identifier": "npq-headship",
                 *           "schedule_identifier": "npq-leadership-spring",
                 *           "cohort": "2026"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ParticipantChangeScheduleRequest"];
            };
        };
        responses: {
            /** @description The request was carried out. */
            200: {
                headers: {
                    /** @description `true` where this is the answer to an earlier request with the same `Idempotency-Key`. Absent otherwise. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                     *         "type": "npq-participant",
                     *         "attributes": {
                     *           "full_name": "Isabelle MacDonald",
                     *           "previous_names": [
                     *             "Isabelle Marchetti"
                     *           ],
                     *           "teacher_reference_number": "1234567",
                     *           "updated_at": "2026-10-12T08:45:30Z",
                     *           "npq_enrolments": [
                     *             {
                     *               "email": "isabelle.macdonald@moorland-primary.example",
                     *               "course_identifier": "npq-headship",
                     *               "schedule_identifier": "npq-leadership-spring",
                     *               "cohort": "2026",
                     *               "cohort_suffix": "b",
                     *               "npq_application_id": "db3a7848-7308-4879-942a-c4a70ced400a",
                     *               "eligible_for_funding": true,
                     *               "training_status": "active",
                     *               "school_urn": "106286",
                     *               "targeted_delivery_funding_eligibility": false,
                     *               "withdrawal": null,
                     *               "deferral": null,
                     *               "created_at": "2026-10-05T11:02:17Z",
                     *               "funded_place": true
                     *             }
                     *           ],
                     *           "participant_id_changes": [
                     *             {
                     *               "from_participant_id": "23dd8d66-e11f-4139-9001-86b4f9abcb02",
                     *               "to_participant_id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                     *               "changed_at": "2026-09-21T14:00:00Z"
                     *             }
                     *           ]
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ParticipantResponse"];
                };
            };
            /** @description The request does not have the documented form. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Bad request",
                     *           "detail": "The request body must be JSON with the documented structure: {\"data\":{\"type\":\"…\",\"attributes\":{…}}}. See the API documentation for the attributes of this action.",
                     *           "code": "body_malformed"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BadRequestResponse"];
                };
            };
            /** @description The token is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "HTTP Token: Access denied"
                     *     }
                     */
                    "application/json": components["schemas"]["UnauthorisedResponse"];
                };
            };
            /** @description There is no such resource, or it is not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Resource not found"
                     *     }
                     */
                    "application/json": components["schemas"]["NotFoundResponse"];
                };
            };
            /** @description The first request with this `Idempotency-Key` is still being carried out. */
            409: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Conflict",
                     *           "detail": "The first request with this Idempotency-Key is still being carried out. Send the same request again after the seconds in retry-after.",
                     *           "code": "idempotency_key_in_use"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ConflictResponse"];
                };
            };
            /** @description The body is larger than 1 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Payload too large",
                     *           "detail": "The request body is larger than 1 MiB. Send less in one request.",
                     *           "code": "body_too_large"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PayloadTooLargeResponse"];
                };
            };
            /** @description The request breaks a rule; every rule that it breaks is named. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "course_identifier",
                     *           "detail": "The #/course_identifier is not one of a course that the participant could be on. See the API documentation for the course identifiers.",
                     *           "code": "course_identifier_unknown"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["UnprocessableEntityResponse"];
                };
            };
            /** @description Too many requests in the last five minutes. Wait for the seconds in `retry-after`. */
            429: {
                headers: {
                    /**
                     * @description Whole seconds until the next request is let through.
                     * @example 12
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Too many requests",
                     *           "detail": "The limit of 1000 requests in 300 seconds for one token was reached. Wait 12 seconds, then send requests more slowly.",
                     *           "code": "too_many_requests"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TooManyRequestsResponse"];
                };
            };
            /** @description Something is wrong on our side. Try again later; tell us if it stays. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Internal server error"
                     *     }
                     */
                    "application/json": components["schemas"]["InternalErrorResponse"];
                };
            };
            /** @description The service cannot answer just now. Nothing is known to have changed: try again after the seconds in `retry-after`. */
            503: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Service unavailable"
                     *     }
                     */
                    "application/json": components["schemas"]["UnavailableResponse"];
                };
            };
        };
    };
    listOutcomes: {
        parameters: {
            query?: {
                /**
                 * @description Narrows the list. Several filters must all match.
                 * @example {
                 *       "created_since": "2026-01-13T11:21:55Z"
                 *     }
                 */
                filter?: components["schemas"]["ListOutcomesFilter"];
                /**
                 * @description Which part of the list.
                 * @example {
                 *       "page": 1,
                 *       "per_page": 100
                 *     }
                 */
                page?: components["schemas"]["Pagination"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was carried out. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "9f5c0f6e-2d7b-4f0c-8d2e-6a1b3c4d5e6f",
                     *           "type": "participant-outcome",
                     *           "attributes": {
                     *             "state": "passed",
                     *             "completion_date": "2026-02-10T00:00:00+00:00",
                     *             "course_identifier": "npq-headship",
                     *             "participant_id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                     *             "created_at": "2026-10-05T11:02:17Z",
                     *             "updated_at": "2026-10-12T08:45:30Z"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["OutcomesResponse"];
                };
            };
            /** @description The request does not have the documented form. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Bad request",
                     *           "detail": "The filter '#/created_since' must be a valid ISO 8601 date, such as 2025-01-28T13:15:00Z.",
                     *           "code": "filter_not_a_date"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BadRequestResponse"];
                };
            };
            /** @description The token is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "HTTP Token: Access denied"
                     *     }
                     */
                    "application/json": components["schemas"]["UnauthorisedResponse"];
                };
            };
            /** @description Too many requests in the last five minutes. Wait for the seconds in `retry-after`. */
            429: {
                headers: {
                    /**
                     * @description Whole seconds until the next request is let through.
                     * @example 12
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Too many requests",
                     *           "detail": "The limit of 1000 requests in 300 seconds for one token was reached. Wait 12 seconds, then send requests more slowly.",
                     *           "code": "too_many_requests"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TooManyRequestsResponse"];
                };
            };
            /** @description Something is wrong on our side. Try again later; tell us if it stays. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Internal server error"
                     *     }
                     */
                    "application/json": components["schemas"]["InternalErrorResponse"];
                };
            };
            /** @description The service cannot answer just now. Nothing is known to have changed: try again after the seconds in `retry-after`. */
            503: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Service unavailable"
                     *     }
                     */
                    "application/json": components["schemas"]["UnavailableResponse"];
                };
            };
        };
    };
    listOutcomesOfParticipant: {
        parameters: {
            query?: {
                /**
                 * @description Which part of the list.
                 * @example {
                 *       "page": 1,
                 *       "per_page": 100
                 *     }
                 */
                page?: components["schemas"]["Pagination"];
            };
            header?: never;
            path: {
                /**
                 * @description The id of the resource.
                 * @example 7a8fef46-3c43-42c0-b3d5-1ba5904ba562
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was carried out. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "9f5c0f6e-2d7b-4f0c-8d2e-6a1b3c4d5e6f",
                     *           "type": "participant-outcome",
                     *           "attributes": {
                     *             "state": "passed",
                     *             "completion_date": "2026-02-10T00:00:00+00:00",
                     *             "course_identifier": "npq-headship",
                     *             "participant_id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                     *             "created_at": "2026-10-05T11:02:17Z",
                     *             "updated_at": "2026-10-12T08:45:30Z"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["OutcomesResponse"];
                };
            };
            /** @description The request does not have the documented form. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Bad request",
                     *           "detail": "The parameters #/page[page] and #/page[per_page] must be valid positive numbers.",
                     *           "code": "page_malformed"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BadRequestResponse"];
                };
            };
            /** @description The token is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "HTTP Token: Access denied"
                     *     }
                     */
                    "application/json": components["schemas"]["UnauthorisedResponse"];
                };
            };
            /** @description There is no such resource, or it is not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Resource not found"
                     *     }
                     */
                    "application/json": components["schemas"]["NotFoundResponse"];
                };
            };
            /** @description The participant has another id now: the answer names it. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Participant ID has been changed",
                     *           "detail": "The participant id 23dd8d66-e11f-4139-9001-86b4f9abcb02 was replaced by 7a8fef46-3c43-42c0-b3d5-1ba5904ba562. Use 7a8fef46-3c43-42c0-b3d5-1ba5904ba562 from now on.",
                     *           "participant_id_changes": [
                     *             {
                     *               "from_participant_id": "23dd8d66-e11f-4139-9001-86b4f9abcb02",
                     *               "to_participant_id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                     *               "changed_at": "2026-09-21T14:00:00Z"
                     *             }
                     *           ],
                     *           "code": "participant_id_replaced"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["GoneResponse"];
                };
            };
            /** @description Too many requests in the last five minutes. Wait for the seconds in `retry-after`. */
            429: {
                headers: {
                    /**
                     * @description Whole seconds until the next request is let through.
                     * @example 12
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Too many requests",
                     *           "detail": "The limit of 1000 requests in 300 seconds for one token was reached. Wait 12 seconds, then send requests more slowly.",
                     *           "code": "too_many_requests"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TooManyRequestsResponse"];
                };
            };
            /** @description Something is wrong on our side. Try again later; tell us if it stays. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Internal server error"
                     *     }
                     */
                    "application/json": components["schemas"]["InternalErrorResponse"];
                };
            };
            /** @description The service cannot answer just now. Nothing is known to have changed: try again after the seconds in `retry-after`. */
            503: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Service unavailable"
                     *     }
                     */
                    "application/json": components["schemas"]["UnavailableResponse"];
                };
            };
        };
    };
    reportOutcome: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A key of your choice for this one request, such as a UUID. Send the same request again with the same key when you do not know what became of it: it is carried out once, and its first answer is repeated for 24 hours.
                 * @example {{$guid}}
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The id of the resource.
                 * @example 7a8fef46-3c43-42c0-b3d5-1ba5904ba562
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "npq-outcome-confirmation",
                 *         "attributes": {
                 *           "course_identifier": "npq-senco",
                 *           "state": "passed",
                 *           "completion_date": "2026-02-10"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["OutcomeRequest"];
            };
        };
        responses: {
            /** @description The request was carried out. */
            200: {
                headers: {
                    /** @description `true` where this is the answer to an earlier request with the same `Idempotency-Key`. Absent otherwise. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "9f5c0f6e-2d7b-4f0c-8d2e-6a1b3c4d5e6f",
                     *         "type": "participant-outcome",
                     *         "attributes": {
                     *           "state": "passed",
                     *           "completion_date": "2026-02-10T00:00:00+00:00",
                     *           "course_identifier": "npq-headship",
                     *           "participant_id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                     *           "created_at": "2026-10-05T11:02:17Z",
                     *           "updated_at": "2026-10-12T08:45:30Z"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["OutcomeResponse"];
                };
            };
            /** @description The request does not have the documented form. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Bad request",
                     *           "detail": "The request body must be JSON with the documented structure: {\"data\":{\"type\":\"…\",\"attributes\":{…}}}. See the API documentation for the attributes of this action.",
                     *           "code": "body_malformed"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BadRequestResponse"];
                };
            };
            /** @description The token is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "HTTP Token: Access denied"
                     *     }
                     */
                    "application/json": components["schemas"]["UnauthorisedResponse"];
                };
            };
            /** @description There is no such resource, or it is not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Resource not found"
                     *     }
                     */
                    "application/json": components["schemas"]["NotFoundResponse"];
                };
            };
            /** @description The first request with this `Idempotency-Key` is still being carried out. */
            409: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Conflict",
                     *           "detail": "The first request with this Idempotency-Key is still being carried out. Send the same request again after the seconds in retry-after.",
                     *           "code": "idempotency_key_in_use"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ConflictResponse"];
                };
            };
            /** @description The body is larger than 1 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Payload too large",
                     *           "detail": "The request body is larger than 1 MiB. Send less in one request.",
                     *           "code": "body_too_large"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PayloadTooLargeResponse"];
                };
            };
            /** @description The request breaks a rule; every rule that it breaks is named. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "base",
                     *           "detail": "There is no completed declaration of the participant for this course, so an outcome cannot be recorded. Declare the completion first.",
                     *           "code": "completion_not_declared"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["UnprocessableEntityResponse"];
                };
            };
            /** @description Too many requests in the last five minutes. Wait for the seconds in `retry-after`. */
            429: {
                headers: {
                    /**
                     * @description Whole seconds until the next request is let through.
                     * @example 12
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Too many requests",
                     *           "detail": "The limit of 1000 requests in 300 seconds for one token was reached. Wait 12 seconds, then send requests more slowly.",
                     *           "code": "too_many_requests"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TooManyRequestsResponse"];
                };
            };
            /** @description Something is wrong on our side. Try again later; tell us if it stays. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Internal server error"
                     *     }
                     */
                    "application/json": components["schemas"]["InternalErrorResponse"];
                };
            };
            /** @description The service cannot answer just now. Nothing is known to have changed: try again after the seconds in `retry-after`. */
            503: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Service unavailable"
                     *     }
                     */
                    "application/json": components["schemas"]["UnavailableResponse"];
                };
            };
        };
    };
    listDeclarations: {
        parameters: {
            query?: {
                /**
                 * @description Narrows the list. Several filters must all match.
                 * @example {
                 *       "cohort": "2025,2026",
                 *       "participant_id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                 *       "updated_since": "2026-01-13T11:21:55Z"
                 *     }
                 */
                filter?: components["schemas"]["ListParticipantDeclarationsFilter"];
                /**
                 * @description Which part of the list.
                 * @example {
                 *       "page": 1,
                 *       "per_page": 100
                 *     }
                 */
                page?: components["schemas"]["Pagination"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was carried out. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14",
                     *           "type": "participant-declaration",
                     *           "attributes": {
                     *             "participant_id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                     *             "declaration_type": "started",
                     *             "course_identifier": "npq-headship",
                     *             "declaration_date": "2026-10-12T09:00:00Z",
                     *             "state": "submitted",
                     *             "has_passed": null,
                     *             "delivery_partner_id": "6b1f9f5a-2f0c-4a8b-8f43-1f2a5e0c7d34",
                     *             "delivery_partner_name": "Moorland Teaching School Hub",
                     *             "secondary_delivery_partner_id": null,
                     *             "secondary_delivery_partner_name": null,
                     *             "statement_id": "cd3a1234-7308-4879-942a-c4a70ced400a",
                     *             "application_id": "db3a7848-7308-4879-942a-c4a70ced400a",
                     *             "clawback_statement_id": null,
                     *             "uplift_paid": false,
                     *             "lead_provider_name": "Example Lead Provider",
                     *             "ineligible_for_funding_reason": null,
                     *             "created_at": "2026-10-05T11:02:17Z",
                     *             "updated_at": "2026-10-12T08:45:30Z"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ParticipantDeclarationsResponse"];
                };
            };
            /** @description The request does not have the documented form. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Bad request",
                     *           "detail": "The filter '#/updated_since' must be a valid ISO 8601 date, such as 2025-01-28T13:15:00Z.",
                     *           "code": "filter_not_a_date"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BadRequestResponse"];
                };
            };
            /** @description The token is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "HTTP Token: Access denied"
                     *     }
                     */
                    "application/json": components["schemas"]["UnauthorisedResponse"];
                };
            };
            /** @description Too many requests in the last five minutes. Wait for the seconds in `retry-after`. */
            429: {
                headers: {
                    /**
                     * @description Whole seconds until the next request is let through.
                     * @example 12
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Too many requests",
                     *           "detail": "The limit of 1000 requests in 300 seconds for one token was reached. Wait 12 seconds, then send requests more slowly.",
                     *           "code": "too_many_requests"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TooManyRequestsResponse"];
                };
            };
            /** @description Something is wrong on our side. Try again later; tell us if it stays. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Internal server error"
                     *     }
                     */
                    "application/json": components["schemas"]["InternalErrorResponse"];
                };
            };
            /** @description The service cannot answer just now. Nothing is known to have changed: try again after the seconds in `retry-after`. */
            503: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Service unavailable"
                     *     }
                     */
                    "application/json": components["schemas"]["UnavailableResponse"];
                };
            };
        };
    };
    createDeclaration: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A key of your choice for this one request, such as a UUID. Send the same request again with the same key when you do not know what became of it: it is carried out once, and its first answer is repeated for 24 hours.
                 * @example {{$guid}}
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "participant-declaration",
                 *         "attributes": {
                 *           "participant_id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                 *           "declaration_type": "started",
                 *           "declaration_date": "2026-02-03T09:15:00Z",
                 *           "course_identifier": "npq-headship"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ParticipantDeclarationRequest"];
            };
        };
        responses: {
            /** @description The request was carried out. */
            200: {
                headers: {
                    /** @description `true` where this is the answer to an earlier request with the same `Idempotency-Key`. Absent otherwise. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14",
                     *         "type": "participant-declaration",
                     *         "attributes": {
                     *           "participant_id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                     *           "declaration_type": "started",
                     *           "course_identifier": "npq-headship",
                     *           "declaration_date": "2026-10-12T09:00:00Z",
                     *           "state": "submitted",
                     *           "has_passed": null,
                     *           "delivery_partner_id": "6b1f9f5a-2f0c-4a8b-8f43-1f2a5e0c7d34",
                     *           "delivery_partner_name": "Moorland Teaching School Hub",
                     *           "secondary_delivery_partner_id": null,
                     *           "secondary_delivery_partner_name": null,
                     *           "statement_id": "cd3a1234-7308-4879-942a-c4a70ced400a",
                     *           "application_id": "db3a7848-7308-4879-942a-c4a70ced400a",
                     *           "clawback_statement_id": null,
                     *           "uplift_paid": false,
                     *           "lead_provider_name": "Example Lead Provider",
                     *           "ineligible_for_funding_reason": null,
                     *           "created_at": "2026-10-05T11:02:17Z",
                     *           "updated_at": "2026-10-12T08:45:30Z"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ParticipantDeclarationResponse"];
                };
            };
            /** @description The request does not have the documented form. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Bad request",
                     *           "detail": "The request body must be JSON with the documented structure: {\"data\":{\"type\":\"…\",\"attributes\":{…}}}. See the API documentation for the attributes of this action.",
                     *           "code": "body_malformed"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BadRequestResponse"];
                };
            };
            /** @description The token is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "HTTP Token: Access denied"
                     *     }
                     */
                    "application/json": components["schemas"]["UnauthorisedResponse"];
                };
            };
            /** @description The first request with this `Idempotency-Key` is still being carried out. */
            409: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Conflict",
                     *           "detail": "The first request with this Idempotency-Key is still being carried out. Send the same request again after the seconds in retry-after.",
                     *           "code": "idempotency_key_in_use"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ConflictResponse"];
                };
            };
            /** @description The body is larger than 1 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Payload too large",
                     *           "detail": "The request body is larger than 1 MiB. Send less in one request.",
                     *           "code": "body_too_large"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PayloadTooLargeResponse"];
                };
            };
            /** @description The request breaks a rule; every rule that it breaks is named. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "base",
                     *           "detail": "This milestone has been declared for the participant already, and the declaration stands. Void it before you declare the milestone again.",
                     *           "code": "already_declared"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["UnprocessableEntityResponse"];
                };
            };
            /** @description Too many requests in the last five minutes. Wait for the seconds in `retry-after`. */
            429: {
                headers: {
                    /**
                     * @description Whole seconds until the next request is let through.
                     * @example 12
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Too many requests",
                     *           "detail": "The limit of 1000 requests in 300 seconds for one token was reached. Wait 12 seconds, then send requests more slowly.",
                     *           "code": "too_many_requests"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TooManyRequestsResponse"];
                };
            };
            /** @description Something is wrong on our side. Try again later; tell us if it stays. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Internal server error"
                     *     }
                     */
                    "application/json": components["schemas"]["InternalErrorResponse"];
                };
            };
            /** @description The service cannot answer just now. Nothing is known to have changed: try again after the seconds in `retry-after`. */
            503: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Service unavailable"
                     *     }
                     */
                    "application/json": components["schemas"]["UnavailableResponse"];
                };
            };
        };
    };
    getDeclaration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the resource.
                 * @example 3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was carried out. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14",
                     *         "type": "participant-declaration",
                     *         "attributes": {
                     *           "participant_id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                     *           "declaration_type": "started",
                     *           "course_identifier": "npq-headship",
                     *           "declaration_date": "2026-10-12T09:00:00Z",
                     *           "state": "submitted",
                     *           "has_passed": null,
                     *           "delivery_partner_id": "6b1f9f5a-2f0c-4a8b-8f43-1f2a5e0c7d34",
                     *           "delivery_partner_name": "Moorland Teaching School Hub",
                     *           "secondary_delivery_partner_id": null,
                     *           "secondary_delivery_partner_name": null,
                     *           "statement_id": "cd3a1234-7308-4879-942a-c4a70ced400a",
                     *           "application_id": "db3a7848-7308-4879-942a-c4a70ced400a",
                     *           "clawback_statement_id": null,
                     *           "uplift_paid": false,
                     *           "lead_provider_name": "Example Lead Provider",
                     *           "ineligible_for_funding_reason": null,
                     *           "created_at": "2026-10-05T11:02:17Z",
                     *           "updated_at": "2026-10-12T08:45:30Z"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ParticipantDeclarationResponse"];
                };
            };
            /** @description The token is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "HTTP Token: Access denied"
                     *     }
                     */
                    "application/json": components["schemas"]["UnauthorisedResponse"];
                };
            };
            /** @description There is no such resource, or it is not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Resource not found"
                     *     }
                     */
                    "application/json": components["schemas"]["NotFoundResponse"];
                };
            };
            /** @description Too many requests in the last five minutes. Wait for the seconds in `retry-after`. */
            429: {
                headers: {
                    /**
                     * @description Whole seconds until the next request is let through.
                     * @example 12
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Too many requests",
                     *           "detail": "The limit of 1000 requests in 300 seconds for one token was reached. Wait 12 seconds, then send requests more slowly.",
                     *           "code": "too_many_requests"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TooManyRequestsResponse"];
                };
            };
            /** @description Something is wrong on our side. Try again later; tell us if it stays. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Internal server error"
                     *     }
                     */
                    "application/json": components["schemas"]["InternalErrorResponse"];
                };
            };
            /** @description The service cannot answer just now. Nothing is known to have changed: try again after the seconds in `retry-after`. */
            503: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Service unavailable"
                     *     }
                     */
                    "application/json": components["schemas"]["UnavailableResponse"];
                };
            };
        };
    };
    voidDeclaration: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A key of your choice for this one request, such as a UUID. Send the same request again with the same key when you do not know what became of it: it is carried out once, and its first answer is repeated for 24 hours.
                 * @example {{$guid}}
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The id of the resource.
                 * @example 3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was carried out. */
            200: {
                headers: {
                    /** @description `true` where this is the answer to an earlier request with the same `Idempotency-Key`. Absent otherwise. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14",
                     *         "type": "participant-declaration",
                     *         "attributes": {
                     *           "participant_id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                     *           "declaration_type": "started",
                     *           "course_identifier": "npq-headship",
                     *           "declaration_date": "2026-10-12T09:00:00Z",
                     *           "state": "voided",
                     *           "has_passed": null,
                     *           "delivery_partner_id": "6b1f9f5a-2f0c-4a8b-8f43-1f2a5e0c7d34",
                     *           "delivery_partner_name": "Moorland Teaching School Hub",
                     *           "secondary_delivery_partner_id": null,
                     *           "secondary_delivery_partner_name": null,
                     *           "statement_id": null,
                     *           "application_id": "db3a7848-7308-4879-942a-c4a70ced400a",
                     *           "clawback_statement_id": null,
                     *           "uplift_paid": false,
                     *           "lead_provider_name": "Example Lead Provider",
                     *           "ineligible_for_funding_reason": null,
                     *           "created_at": "2026-10-05T11:02:17Z",
                     *           "updated_at": "2026-10-12T08:45:30Z"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ParticipantDeclarationResponse"];
                };
            };
            /** @description The request does not have the documented form. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Bad request",
                     *           "detail": "The header Idempotency-Key must be one text of 1 to 255 visible ASCII characters without commas, semicolons, quotes and backslashes, such as a UUID.",
                     *           "code": "idempotency_key_malformed"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BadRequestResponse"];
                };
            };
            /** @description The token is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "HTTP Token: Access denied"
                     *     }
                     */
                    "application/json": components["schemas"]["UnauthorisedResponse"];
                };
            };
            /** @description Another provider made this declaration. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Cannot modify declaration",
                     *           "detail": "Another provider made this declaration, so only that provider can change it.",
                     *           "code": "declared_by_another_provider"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ForbiddenResponse"];
                };
            };
            /** @description There is no such resource, or it is not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Resource not found"
                     *     }
                     */
                    "application/json": components["schemas"]["NotFoundResponse"];
                };
            };
            /** @description The first request with this `Idempotency-Key` is still being carried out. */
            409: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Conflict",
                     *           "detail": "The first request with this Idempotency-Key is still being carried out. Send the same request again after the seconds in retry-after.",
                     *           "code": "idempotency_key_in_use"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ConflictResponse"];
                };
            };
            /** @description The request breaks a rule; every rule that it breaks is named. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "declaration",
                     *           "detail": "This declaration has been voided already.",
                     *           "code": "declaration_already_voided"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["UnprocessableEntityResponse"];
                };
            };
            /** @description Too many requests in the last five minutes. Wait for the seconds in `retry-after`. */
            429: {
                headers: {
                    /**
                     * @description Whole seconds until the next request is let through.
                     * @example 12
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Too many requests",
                     *           "detail": "The limit of 1000 requests in 300 seconds for one token was reached. Wait 12 seconds, then send requests more slowly.",
                     *           "code": "too_many_requests"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TooManyRequestsResponse"];
                };
            };
            /** @description Something is wrong on our side. Try again later; tell us if it stays. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Internal server error"
                     *     }
                     */
                    "application/json": components["schemas"]["InternalErrorResponse"];
                };
            };
            /** @description The service cannot answer just now. Nothing is known to have changed: try again after the seconds in `retry-after`. */
            503: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Service unavailable"
                     *     }
                     */
                    "application/json": components["schemas"]["UnavailableResponse"];
                };
            };
        };
    };
    changeDeliveryPartner: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A key of your choice for this one request, such as a UUID. Send the same request again with the same key when you do not know what became of it: it is carried out once, and its first answer is repeated for 24 hours.
                 * @example {{$guid}}
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The id of the resource.
                 * @example 3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "type": "participant-declaration",
                 *         "attributes": {
                 *           "delivery_partner_id": "3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ParticipantDeclarationChangeDeliveryPartnerRequest"];
            };
        };
        responses: {
            /** @description The request was carried out. */
            200: {
                headers: {
                    /** @description `true` where this is the answer to an earlier request with the same `Idempotency-Key`. Absent otherwise. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14",
                     *         "type": "participant-declaration",
                     *         "attributes": {
                     *           "participant_id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562",
                     *           "declaration_type": "started",
                     *           "course_identifier": "npq-headship",
                     *           "declaration_date": "2026-10-12T09:00:00Z",
                     *           "state": "submitted",
                     *           "has_passed": null,
                     *           "delivery_partner_id": "6b1f9f5a-2f0c-4a8b-8f43-1f2a5e0c7d34",
                     *           "delivery_partner_name": "Moorland Teaching School Hub",
                     *           "secondary_delivery_partner_id": null,
                     *           "secondary_delivery_partner_name": null,
                     *           "statement_id": "cd3a1234-7308-4879-942a-c4a70ced400a",
                     *           "application_id": "db3a7848-7308-4879-942a-c4a70ced400a",
                     *           "clawback_statement_id": null,
                     *           "uplift_paid": false,
                     *           "lead_provider_name": "Example Lead Provider",
                     *           "ineligible_for_funding_reason": null,
                     *           "created_at": "2026-10-05T11:02:17Z",
                     *           "updated_at": "2026-10-12T08:45:30Z"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ParticipantDeclarationResponse"];
                };
            };
            /** @description The request does not have the documented form. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Bad request",
                     *           "detail": "The request body must be JSON with the documented structure: {\"data\":{\"type\":\"…\",\"attributes\":{…}}}. See the API documentation for the attributes of this action.",
                     *           "code": "body_malformed"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BadRequestResponse"];
                };
            };
            /** @description The token is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "HTTP Token: Access denied"
                     *     }
                     */
                    "application/json": components["schemas"]["UnauthorisedResponse"];
                };
            };
            /** @description Another provider made this declaration. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Cannot modify declaration",
                     *           "detail": "Another provider made this declaration, so only that provider can change it.",
                     *           "code": "declared_by_another_provider"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ForbiddenResponse"];
                };
            };
            /** @description There is no such resource, or it is not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Resource not found"
                     *     }
                     */
                    "application/json": components["schemas"]["NotFoundResponse"];
                };
            };
            /** @description The first request with this `Idempotency-Key` is still being carried out. */
            409: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Conflict",
                     *           "detail": "The first request with this Idempotency-Key is still being carried out. Send the same request again after the seconds in retry-after.",
                     *           "code": "idempotency_key_in_use"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ConflictResponse"];
                };
            };
            /** @description The body is larger than 1 MiB. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Payload too large",
                     *           "detail": "The request body is larger than 1 MiB. Send less in one request.",
                     *           "code": "body_too_large"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PayloadTooLargeResponse"];
                };
            };
            /** @description The request breaks a rule; every rule that it breaks is named. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "delivery_partner",
                     *           "detail": "The partner in #/delivery_partner_id is not one of yours in this cohort. See your delivery partners for those that are.",
                     *           "code": "delivery_partner_not_yours"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["UnprocessableEntityResponse"];
                };
            };
            /** @description Too many requests in the last five minutes. Wait for the seconds in `retry-after`. */
            429: {
                headers: {
                    /**
                     * @description Whole seconds until the next request is let through.
                     * @example 12
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Too many requests",
                     *           "detail": "The limit of 1000 requests in 300 seconds for one token was reached. Wait 12 seconds, then send requests more slowly.",
                     *           "code": "too_many_requests"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TooManyRequestsResponse"];
                };
            };
            /** @description Something is wrong on our side. Try again later; tell us if it stays. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Internal server error"
                     *     }
                     */
                    "application/json": components["schemas"]["InternalErrorResponse"];
                };
            };
            /** @description The service cannot answer just now. Nothing is known to have changed: try again after the seconds in `retry-after`. */
            503: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Service unavailable"
                     *     }
                     */
                    "application/json": components["schemas"]["UnavailableResponse"];
                };
            };
        };
    };
    listStatements: {
        parameters: {
            query?: {
                /**
                 * @description Narrows the list. Several filters must all match.
                 * @example {
                 *       "cohort": "2025,2026",
                 *       "updated_since": "2026-01-13T11:21:55Z"
                 *     }
                 */
                filter?: components["schemas"]["ListStatementsFilter"];
                /**
                 * @description Which part of the list.
                 * @example {
                 *       "page": 1,
                 *       "per_page": 100
                 *     }
                 */
                page?: components["schemas"]["Pagination"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was carried out. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "cd3a1234-7308-4879-942a-c4a70ced400a",
                     *           "type": "statement",
                     *           "attributes": {
                     *             "month": "February",
                     *             "year": "2026",
                     *             "cohort": "2025",
                     *             "cut_off_date": "2026-01-25",
                     *             "payment_date": "2026-02-25",
                     *             "paid": false,
                     *             "created_at": "2026-10-05T11:02:17Z",
                     *             "updated_at": "2026-10-12T08:45:30Z"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["StatementsResponse"];
                };
            };
            /** @description The request does not have the documented form. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Bad request",
                     *           "detail": "The filter '#/updated_since' must be a valid ISO 8601 date, such as 2025-01-28T13:15:00Z.",
                     *           "code": "filter_not_a_date"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BadRequestResponse"];
                };
            };
            /** @description The token is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "HTTP Token: Access denied"
                     *     }
                     */
                    "application/json": components["schemas"]["UnauthorisedResponse"];
                };
            };
            /** @description Too many requests in the last five minutes. Wait for the seconds in `retry-after`. */
            429: {
                headers: {
                    /**
                     * @description Whole seconds until the next request is let through.
                     * @example 12
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Too many requests",
                     *           "detail": "The limit of 1000 requests in 300 seconds for one token was reached. Wait 12 seconds, then send requests more slowly.",
                     *           "code": "too_many_requests"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TooManyRequestsResponse"];
                };
            };
            /** @description Something is wrong on our side. Try again later; tell us if it stays. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Internal server error"
                     *     }
                     */
                    "application/json": components["schemas"]["InternalErrorResponse"];
                };
            };
            /** @description The service cannot answer just now. Nothing is known to have changed: try again after the seconds in `retry-after`. */
            503: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Service unavailable"
                     *     }
                     */
                    "application/json": components["schemas"]["UnavailableResponse"];
                };
            };
        };
    };
    getStatement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the resource.
                 * @example cd3a1234-7308-4879-942a-c4a70ced400a
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was carried out. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "cd3a1234-7308-4879-942a-c4a70ced400a",
                     *         "type": "statement",
                     *         "attributes": {
                     *           "month": "February",
                     *           "year": "2026",
                     *           "cohort": "2025",
                     *           "cut_off_date": "2026-01-25",
                     *           "payment_date": "2026-02-25",
                     *           "paid": false,
                     *           "created_at": "2026-10-05T11:02:17Z",
                     *           "updated_at": "2026-10-12T08:45:30Z"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["StatementResponse"];
                };
            };
            /** @description The token is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "HTTP Token: Access denied"
                     *     }
                     */
                    "application/json": components["schemas"]["UnauthorisedResponse"];
                };
            };
            /** @description There is no such resource, or it is not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Resource not found"
                     *     }
                     */
                    "application/json": components["schemas"]["NotFoundResponse"];
                };
            };
            /** @description Too many requests in the last five minutes. Wait for the seconds in `retry-after`. */
            429: {
                headers: {
                    /**
                     * @description Whole seconds until the next request is let through.
                     * @example 12
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Too many requests",
                     *           "detail": "The limit of 1000 requests in 300 seconds for one token was reached. Wait 12 seconds, then send requests more slowly.",
                     *           "code": "too_many_requests"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TooManyRequestsResponse"];
                };
            };
            /** @description Something is wrong on our side. Try again later; tell us if it stays. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Internal server error"
                     *     }
                     */
                    "application/json": components["schemas"]["InternalErrorResponse"];
                };
            };
            /** @description The service cannot answer just now. Nothing is known to have changed: try again after the seconds in `retry-after`. */
            503: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Service unavailable"
                     *     }
                     */
                    "application/json": components["schemas"]["UnavailableResponse"];
                };
            };
        };
    };
    listDeliveryPartners: {
        parameters: {
            query?: {
                /**
                 * @description Narrows the list. Several filters must all match.
                 * @example {
                 *       "cohort": "2026"
                 *     }
                 */
                filter?: components["schemas"]["ListDeliveryPartnersFilter"];
                /**
                 * @description Which part of the list.
                 * @example {
                 *       "page": 1,
                 *       "per_page": 100
                 *     }
                 */
                page?: components["schemas"]["Pagination"];
                /**
                 * @description Order of the list: keys, comma-separated, each with - before it for descending order.
                 * @example -updated_at
                 */
                sort?: "name" | "-name" | "created_at" | "-created_at" | "updated_at" | "-updated_at";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was carried out. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "6b1f9f5a-2f0c-4a8b-8f43-1f2a5e0c7d34",
                     *           "type": "delivery-partner",
                     *           "attributes": {
                     *             "name": "Harbour Learning Hub",
                     *             "cohort": [
                     *               2025,
                     *               2026
                     *             ],
                     *             "created_at": "2026-10-05T11:02:17Z",
                     *             "updated_at": "2026-10-12T08:45:30Z"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["DeliveryPartnersResponse"];
                };
            };
            /** @description The request does not have the documented form. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Bad request",
                     *           "detail": "The parameters #/page[page] and #/page[per_page] must be valid positive numbers.",
                     *           "code": "page_malformed"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BadRequestResponse"];
                };
            };
            /** @description The token is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "HTTP Token: Access denied"
                     *     }
                     */
                    "application/json": components["schemas"]["UnauthorisedResponse"];
                };
            };
            /** @description Too many requests in the last five minutes. Wait for the seconds in `retry-after`. */
            429: {
                headers: {
                    /**
                     * @description Whole seconds until the next request is let through.
                     * @example 12
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Too many requests",
                     *           "detail": "The limit of 1000 requests in 300 seconds for one token was reached. Wait 12 seconds, then send requests more slowly.",
                     *           "code": "too_many_requests"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TooManyRequestsResponse"];
                };
            };
            /** @description Something is wrong on our side. Try again later; tell us if it stays. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Internal server error"
                     *     }
                     */
                    "application/json": components["schemas"]["InternalErrorResponse"];
                };
            };
            /** @description The service cannot answer just now. Nothing is known to have changed: try again after the seconds in `retry-after`. */
            503: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Service unavailable"
                     *     }
                     */
                    "application/json": components["schemas"]["UnavailableResponse"];
                };
            };
        };
    };
    getDeliveryPartner: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the resource.
                 * @example 6b1f9f5a-2f0c-4a8b-8f43-1f2a5e0c7d34
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was carried out. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "6b1f9f5a-2f0c-4a8b-8f43-1f2a5e0c7d34",
                     *         "type": "delivery-partner",
                     *         "attributes": {
                     *           "name": "Harbour Learning Hub",
                     *           "cohort": [
                     *             2025,
                     *             2026
                     *           ],
                     *           "created_at": "2026-10-05T11:02:17Z",
                     *           "updated_at": "2026-10-12T08:45:30Z"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["DeliveryPartnerResponse"];
                };
            };
            /** @description The token is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "HTTP Token: Access denied"
                     *     }
                     */
                    "application/json": components["schemas"]["UnauthorisedResponse"];
                };
            };
            /** @description There is no such resource, or it is not yours. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Resource not found"
                     *     }
                     */
                    "application/json": components["schemas"]["NotFoundResponse"];
                };
            };
            /** @description Too many requests in the last five minutes. Wait for the seconds in `retry-after`. */
            429: {
                headers: {
                    /**
                     * @description Whole seconds until the next request is let through.
                     * @example 12
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Too many requests",
                     *           "detail": "The limit of 1000 requests in 300 seconds for one token was reached. Wait 12 seconds, then send requests more slowly.",
                     *           "code": "too_many_requests"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TooManyRequestsResponse"];
                };
            };
            /** @description Something is wrong on our side. Try again later; tell us if it stays. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Internal server error"
                     *     }
                     */
                    "application/json": components["schemas"]["InternalErrorResponse"];
                };
            };
            /** @description The service cannot answer just now. Nothing is known to have changed: try again after the seconds in `retry-after`. */
            503: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Service unavailable"
                     *     }
                     */
                    "application/json": components["schemas"]["UnavailableResponse"];
                };
            };
        };
    };
    listChanges: {
        parameters: {
            query?: {
                /**
                 * @description A cursor: only what came after it. Without one, everything that is kept. `now` gives no changes, and a cursor to begin with.
                 * @example now
                 */
                after?: string;
                /**
                 * @description How many at most; more than 1000 counts as 1000.
                 * @example 100
                 */
                limit?: number;
                /**
                 * @description For how many seconds the answer is held, where there is nothing to tell yet.
                 * @example 0
                 */
                wait?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was carried out. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "1c9a7d52-64d0-4c0e-9a55-0d3b7f8e2a61",
                     *           "type": "change",
                     *           "attributes": {
                     *             "cursor": "YW4gZXhhbXBsZSBvZiB3aGF0IHN0YW5kcyBmb3IgYSBwbGFjZSBpbiB0aGUgZmVl",
                     *             "resource_type": "npq_application",
                     *             "resource_id": "db3a7848-7308-4879-942a-c4a70ced400a",
                     *             "kind": "updated",
                     *             "changed_attributes": [
                     *               "status",
                     *               "updated_at"
                     *             ],
                     *             "changed_at": "2026-10-12T08:45:30Z",
                     *             "changed_by": "you"
                     *           }
                     *         }
                     *       ],
                     *       "meta": {
                     *         "cursor": "YW4gZXhhbXBsZSBvZiB3aGF0IHN0YW5kcyBmb3IgYSBwbGFjZSBpbiB0aGUgZmVl"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ChangesResponse"];
                };
            };
            /** @description The request does not have the documented form. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Bad request",
                     *           "detail": "The parameter after is no cursor that you were given. Send the cursor of your last answer as it was, or after=now for one to begin with.",
                     *           "code": "cursor_unknown"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BadRequestResponse"];
                };
            };
            /** @description The token is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "HTTP Token: Access denied"
                     *     }
                     */
                    "application/json": components["schemas"]["UnauthorisedResponse"];
                };
            };
            /** @description What changed after the cursor is no longer kept. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Cursor has expired",
                     *           "detail": "What changed after this cursor is not kept any more. Ask for after=now and keep the cursor that you get, read all lists anew, then go on from that cursor.",
                     *           "code": "cursor_expired"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CursorExpiredResponse"];
                };
            };
            /** @description Too many requests in the last five minutes. Wait for the seconds in `retry-after`. */
            429: {
                headers: {
                    /**
                     * @description Whole seconds until the next request is let through.
                     * @example 12
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "errors": [
                     *         {
                     *           "title": "Too many requests",
                     *           "detail": "The limit of 1000 requests in 300 seconds for one token was reached. Wait 12 seconds, then send requests more slowly.",
                     *           "code": "too_many_requests"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TooManyRequestsResponse"];
                };
            };
            /** @description Something is wrong on our side. Try again later; tell us if it stays. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Internal server error"
                     *     }
                     */
                    "application/json": components["schemas"]["InternalErrorResponse"];
                };
            };
            /** @description The service cannot answer just now. Nothing is known to have changed: try again after the seconds in `retry-after`. */
            503: {
                headers: {
                    /**
                     * @description Whole seconds to wait before the request is sent again.
                     * @example 1
                     */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "error": "Service unavailable"
                     *     }
                     */
                    "application/json": components["schemas"]["UnavailableResponse"];
                };
            };
        };
    };
}
