// Made from the OpenAPI document of v2: change the API, not this file.

import type { List } from './list.ts'
import type { CallOptions, Result, WriteOptions } from './send.ts'

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
                 * @description Teacher reference number (TRN), validated or not.
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
        ApplicationWriteResponse: {
            data: components["schemas"]["Application"];
            /** @description Only where the request was tried out with `dry_run=true`. */
            meta?: {
                /**
                 * @description That nothing was changed.
                 * @enum {boolean}
                 */
                dry_run: true;
            };
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
        };
        ListEnrolmentsFilter: {
            /**
             * @description Only what changed at or after this ISO 8601 moment. Write the + of an offset as %2B.
             * @example 2026-01-13T11:21:55Z
             */
            updated_since?: string;
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
                 * @example 2026-10-12T00:00:00+00:00
                 */
                completion_date: string;
                /**
                 * @description The course that the participant completed.
                 * @example npq-leading-literacy
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
                 * @example 2026-10-19T10:30:00Z
                 */
                created_at: string;
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
                     * @example 2026-10-16
                     */
                    completion_date: string;
                };
            };
        };
        OutcomeWriteResponse: {
            data: components["schemas"]["Outcome"];
            /** @description Only where the request was tried out with `dry_run=true`. */
            meta?: {
                /**
                 * @description That nothing was changed.
                 * @enum {boolean}
                 */
                dry_run: true;
            };
        };
        Pagination: {
            /**
             * @description The number of the page; 1 where you leave it out.
             * @example 1
             */
            page?: number;
            /**
             * @description How many to a page; 100 where you leave it out, and never more than 3000.
             * @example 100
             */
            per_page?: number;
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
                 * @description Email address; null once another person uses it.
                 * @example isabelle.macdonald@moorland-primary.example
                 */
                email: string | null;
                /**
                 * @description Full name.
                 * @example Isabelle MacDonald
                 */
                full_name: string;
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
                     * @description Whether the place is funded; null where places are not limited.
                     * @example true
                     */
                    funded_place: boolean | null;
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
                 * @example eligible
                 * @enum {string}
                 */
                state: "submitted" | "eligible" | "payable" | "paid" | "voided" | "ineligible" | "awaiting-clawback" | "clawed-back";
                /**
                 * @description Whether the participant passed the course; null where that is not known or was voided.
                 * @example null
                 */
                has_passed: boolean | null;
                /**
                 * Format: date-time
                 * @description When the declaration last changed.
                 * @example 2026-10-19T10:30:00Z
                 */
                updated_at: string;
            };
        };
        ParticipantDeclarationCompletedRequest: {
            /**
             * Format: uuid
             * @description The participant who reached the milestone.
             * @example 7a8fef46-3c43-42c0-b3d5-1ba5904ba562
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
             * @example 2026-10-12T09:00:00Z
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
             * @description The partner that delivers the training. Never needed, and not shown in this version.
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
        ParticipantDeclarationForeseenWriteResponse: {
            data: components["schemas"]["ParticipantDeclaration"];
            /** @description Only where the request was tried out with `dry_run=true`. */
            meta?: {
                /**
                 * @description That nothing was changed.
                 * @enum {boolean}
                 */
                dry_run: true;
                payment: {
                    /**
                     * @description Whether the declaration would be paid, as things stand.
                     * @example true
                     */
                    will_be_paid: boolean;
                    /**
                     * @description Why it would not be paid; null where it would.
                     * @example null
                     * @enum {string|null}
                     */
                    reason: "duplicate-declaration" | "place-not-funded" | "previously-funded" | "establishment-ineligible" | "no-contract" | null;
                    /**
                     * @description What would be paid for it, in pounds.
                     * @example 160.00
                     */
                    amount: string;
                    /**
                     * Format: uuid
                     * @description The statement that it would come onto.
                     * @example null
                     */
                    statement_id: string | null;
                    /**
                     * @description Its month, in English.
                     * @example November
                     */
                    statement_month: string | null;
                    /**
                     * @description Its year.
                     * @example 2026
                     */
                    statement_year: string | null;
                    /**
                     * Format: date
                     * @description The day on which it would be paid.
                     * @example 2026-12-25
                     */
                    payment_date: string | null;
                };
            };
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
        ParticipantDeclarationRetainedRequest: {
            /**
             * Format: uuid
             * @description The participant who reached the milestone.
             * @example 7a8fef46-3c43-42c0-b3d5-1ba5904ba562
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
             * @example 2026-10-12T09:00:00Z
             */
            declaration_date: string;
            /**
             * @description The course of the participant’s accepted application.
             * @enum {string}
             */
            course_identifier: "npq-senior-leadership" | "npq-headship" | "npq-executive-leadership" | "npq-early-years-leadership" | "npq-leading-teaching" | "npq-leading-behaviour-culture" | "npq-leading-teaching-development" | "npq-leading-literacy" | "npq-leading-primary-mathematics" | "npq-additional-support-offer" | "npq-early-headship-coaching-offer" | "npq-senco";
            /**
             * Format: uuid
             * @description The partner that delivers the training. Never needed, and not shown in this version.
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
        ParticipantDeclarationStartedRequest: {
            /**
             * Format: uuid
             * @description The participant who reached the milestone.
             * @example 7a8fef46-3c43-42c0-b3d5-1ba5904ba562
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
             * @example 2026-10-12T09:00:00Z
             */
            declaration_date: string;
            /**
             * @description The course of the participant’s accepted application.
             * @enum {string}
             */
            course_identifier: "npq-senior-leadership" | "npq-headship" | "npq-executive-leadership" | "npq-early-years-leadership" | "npq-leading-teaching" | "npq-leading-behaviour-culture" | "npq-leading-teaching-development" | "npq-leading-literacy" | "npq-leading-primary-mathematics" | "npq-additional-support-offer" | "npq-early-headship-coaching-offer" | "npq-senco";
            /**
             * Format: uuid
             * @description The partner that delivers the training. Never needed, and not shown in this version.
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
        ParticipantDeclarationWriteResponse: {
            data: components["schemas"]["ParticipantDeclaration"];
            /** @description Only where the request was tried out with `dry_run=true`. */
            meta?: {
                /**
                 * @description That nothing was changed.
                 * @enum {boolean}
                 */
                dry_run: true;
            };
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
                    reason: "insufficient-capacity-to-undertake-programme" | "personal-reason-health-or-pregnancy-related" | "personal-reason-moving-school" | "personal-reason-other" | "insufficient-capacity" | "change-in-developmental-or-personal-priorities" | "change-in-school-circumstances" | "change-in-school-leadership" | "quality-of-programme-structure-not-suitable." | "quality-of-programme-content-not-suitable" | "quality-of-programme-facilitation-not-effective" | "quality-of-programme-accessibility" | "quality-of-programme-other" | "programme-not-appropriate-for-role-and-cpd-needs" | "started-in-error" | "expected-commitment-unclear" | "other";
                };
            };
        };
        ParticipantWriteResponse: {
            data: components["schemas"]["Participant"];
            /** @description Only where the request was tried out with `dry_run=true`. */
            meta?: {
                /**
                 * @description That nothing was changed.
                 * @enum {boolean}
                 */
                dry_run: true;
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Application = components['schemas']['Application'];
export type ApplicationAcceptRequest = components['schemas']['ApplicationAcceptRequest'];
export type ApplicationChangeFundedPlaceRequest = components['schemas']['ApplicationChangeFundedPlaceRequest'];
export type ApplicationWriteResponse = components['schemas']['ApplicationWriteResponse'];
export type ListApplicationsFilter = components['schemas']['ListApplicationsFilter'];
export type ListEnrolmentsFilter = components['schemas']['ListEnrolmentsFilter'];
export type ListOutcomesFilter = components['schemas']['ListOutcomesFilter'];
export type ListParticipantDeclarationsFilter = components['schemas']['ListParticipantDeclarationsFilter'];
export type ListParticipantsFilter = components['schemas']['ListParticipantsFilter'];
export type Outcome = components['schemas']['Outcome'];
export type OutcomeRequest = components['schemas']['OutcomeRequest'];
export type OutcomeWriteResponse = components['schemas']['OutcomeWriteResponse'];
export type Pagination = components['schemas']['Pagination'];
export type Participant = components['schemas']['Participant'];
export type ParticipantChangeScheduleRequest = components['schemas']['ParticipantChangeScheduleRequest'];
export type ParticipantDeclaration = components['schemas']['ParticipantDeclaration'];
export type ParticipantDeclarationCompletedRequest = components['schemas']['ParticipantDeclarationCompletedRequest'];
export type ParticipantDeclarationForeseenWriteResponse = components['schemas']['ParticipantDeclarationForeseenWriteResponse'];
export type ParticipantDeclarationRequest = components['schemas']['ParticipantDeclarationRequest'];
export type ParticipantDeclarationRetainedRequest = components['schemas']['ParticipantDeclarationRetainedRequest'];
export type ParticipantDeclarationStartedRequest = components['schemas']['ParticipantDeclarationStartedRequest'];
export type ParticipantDeclarationWriteResponse = components['schemas']['ParticipantDeclarationWriteResponse'];
export type ParticipantDeferRequest = components['schemas']['ParticipantDeferRequest'];
export type ParticipantResumeRequest = components['schemas']['ParticipantResumeRequest'];
export type ParticipantWithdrawRequest = components['schemas']['ParticipantWithdrawRequest'];
export type ParticipantWriteResponse = components['schemas']['ParticipantWriteResponse'];

/** What can be asked of v2. */
export interface V2 {
  /** List your applications. Every application that participants made to you, in any state, oldest first. */
  listApplications(query?: { filter?: ListApplicationsFilter; page?: Pagination }, options?: CallOptions): List<Application>
  /** Download your applications as CSV. Every matching application in one file. There are no pages. */
  listApplicationsAsCsv(query?: { filter?: ListApplicationsFilter }, options?: CallOptions): Promise<Result<string>>
  /** Get one application. The application as it stands now. Once you have accepted it, its `participant_id` leads to the participant. */
  getApplication(id: string, options?: CallOptions): Promise<Result<Application>>
  /** Accept an application. Accept someone whom you will train. In a cohort with limited places, say in `funded_place` whether the place is funded. Their other applications for the same course in the cohort are rejected. */
  acceptApplication(id: string, attributes?: ApplicationAcceptRequest['data']['attributes'], options?: WriteOptions): Promise<Result<Application, Codes['acceptApplication'], ApplicationWriteResponse['meta']>>
  /** Reject an application. Reject someone whom you will not train. You can also reject an application that you accepted, unless a declaration for it is submitted, eligible, payable or paid. */
  rejectApplication(id: string, options?: WriteOptions): Promise<Result<Application, Codes['rejectApplication'], ApplicationWriteResponse['meta']>>
  /** Change the funded place of an accepted application. Only for cohorts with limited places, and only while no declaration stands. */
  changeFundedPlace(id: string, attributes: ApplicationChangeFundedPlaceRequest['data']['attributes'], options?: WriteOptions): Promise<Result<Application, Codes['changeFundedPlace'], ApplicationWriteResponse['meta']>>
  /** Download your enrolments as CSV. Every application that you accepted, in one file. There are no pages. */
  listEnrolmentsAsCsv(query?: { filter?: ListEnrolmentsFilter }, options?: CallOptions): Promise<Result<string>>
  /** List your participants. Everyone with an application that you accepted, oldest first. */
  listParticipants(query?: { filter?: ListParticipantsFilter; page?: Pagination }, options?: CallOptions): List<Participant>
  /** Get one participant. Someone with an application that you accepted, with the training for each course. */
  getParticipant(id: string, options?: CallOptions): Promise<Result<Participant>>
  /** Defer a participant. Pause a participant’s training on a course. You need at least one declaration for it. */
  deferParticipant(id: string, attributes: ParticipantDeferRequest['data']['attributes'], options?: WriteOptions): Promise<Result<Participant, Codes['deferParticipant'], ParticipantWriteResponse['meta']>>
  /** Resume a participant. Report that a participant who was deferred or withdrawn is back in training on a course. */
  resumeParticipant(id: string, attributes: ParticipantResumeRequest['data']['attributes'], options?: WriteOptions): Promise<Result<Participant, Codes['resumeParticipant'], ParticipantWriteResponse['meta']>>
  /** Withdraw a participant. End a participant’s training on a course. You need a `started` declaration for it. */
  withdrawParticipant(id: string, attributes: ParticipantWithdrawRequest['data']['attributes'], options?: WriteOptions): Promise<Result<Participant, Codes['withdrawParticipant'], ParticipantWriteResponse['meta']>>
  /** Change a participant’s schedule. Move a participant’s training on a course to another schedule, in the same cohort or in that of another year. */
  changeParticipantSchedule(id: string, attributes: ParticipantChangeScheduleRequest['data']['attributes'], options?: WriteOptions): Promise<Result<Participant, Codes['changeParticipantSchedule'], ParticipantWriteResponse['meta']>>
  /** List the outcomes of all participants. Every outcome of the declarations that you made, with those that were replaced since, oldest first. */
  listOutcomes(query?: { filter?: ListOutcomesFilter; page?: Pagination }, options?: CallOptions): List<Outcome>
  /** List the outcomes of one participant. Every outcome of the declarations that you made for the participant, oldest first. */
  listOutcomesOfParticipant(id: string, query?: { page?: Pagination }, options?: CallOptions): List<Outcome>
  /** Report an outcome. Says whether a participant passed a course whose completion was declared. The same report again changes nothing. */
  reportOutcome(id: string, attributes: OutcomeRequest['data']['attributes'], options?: WriteOptions): Promise<Result<Outcome, Codes['reportOutcome'], OutcomeWriteResponse['meta']>>
  /** List declarations. Every declaration that you made, in any state, oldest first. */
  listDeclarations(query?: { filter?: ListParticipantDeclarationsFilter; page?: Pagination }, options?: CallOptions): List<ParticipantDeclaration>
  /** Declare that a participant reached a milestone. A declaration that can be funded goes on your next statement at once. You can declare each milestone once; to declare it again, void the first declaration. */
  createDeclaration(attributes: ParticipantDeclarationRequest['data']['attributes'], options?: WriteOptions): Promise<Result<ParticipantDeclaration, Codes['createDeclaration'], ParticipantDeclarationForeseenWriteResponse['meta']>>
  /** Download declarations as CSV. Every matching declaration in one file. There are no pages. Where nothing matches, the file is empty. */
  listDeclarationsAsCsv(query?: { filter?: ListParticipantDeclarationsFilter }, options?: CallOptions): Promise<Result<string>>
  /** Get one declaration. The declaration as it stands now. Its state follows what is paid. */
  getDeclaration(id: string, options?: CallOptions): Promise<Result<ParticipantDeclaration>>
  /** Void a declaration, or claw it back. What has not been paid is voided; what has been is clawed back with your next statement. No body is needed. */
  voidDeclaration(id: string, options?: WriteOptions): Promise<Result<ParticipantDeclaration, Codes['voidDeclaration'], ParticipantDeclarationWriteResponse['meta']>>
}

/** Why each change can be refused. */
export interface Codes {
  acceptApplication: 'application_already_accepted' | 'application_already_rejected' | 'course_accepted_elsewhere' | 'funded_place_in_unfunded_cohort' | 'funded_place_missing' | 'funded_place_not_applicable' | 'not_eligible_for_funding' | 'schedule_of_another_cohort' | 'schedule_of_another_course' | 'schedule_undetermined' | 'schedule_unknown'
  rejectApplication: 'application_already_rejected' | 'application_has_declarations'
  changeFundedPlace: 'application_has_declarations' | 'application_not_accepted' | 'funded_place_missing' | 'funded_places_not_limited' | 'not_eligible_for_funding'
  deferParticipant: 'course_identifier_unknown' | 'not_on_course' | 'nothing_declared' | 'participant_already_deferred' | 'participant_id_replaced' | 'participant_unknown' | 'participant_withdrawn' | 'reason_unknown'
  resumeParticipant: 'course_accepted_elsewhere' | 'course_identifier_unknown' | 'not_on_course' | 'participant_already_active' | 'participant_id_replaced' | 'participant_unknown'
  withdrawParticipant: 'course_identifier_unknown' | 'not_on_course' | 'participant_already_withdrawn' | 'participant_id_replaced' | 'participant_unknown' | 'reason_unknown' | 'start_not_declared'
  changeParticipantSchedule: 'cohort_funded' | 'cohort_held_by_declarations' | 'cohort_places_not_limited' | 'course_accepted_elsewhere' | 'course_identifier_unknown' | 'declared_before_schedule' | 'declared_type_not_in_schedule' | 'funded_place_in_unfunded_cohort' | 'funded_place_missing' | 'funded_place_not_applicable' | 'not_contracted' | 'not_eligible_for_funding' | 'not_on_course' | 'participant_id_replaced' | 'participant_unknown' | 'participant_withdrawn' | 'schedule_identifier_missing' | 'schedule_of_another_cohort' | 'schedule_of_another_course' | 'schedule_unchanged' | 'schedule_unknown'
  reportOutcome: 'completion_date_in_future' | 'completion_date_malformed' | 'completion_date_missing' | 'completion_not_declared' | 'course_identifier_missing' | 'course_without_outcomes' | 'participant_id_replaced' | 'participant_unknown' | 'state_missing' | 'state_unknown'
  createDeclaration: 'already_declared' | 'application_without_schedule' | 'cohort_closed' | 'declaration_after_withdrawal' | 'declaration_before_schedule' | 'declaration_date_in_future' | 'declaration_date_malformed' | 'declaration_date_missing' | 'declaration_type_missing' | 'declaration_type_not_in_schedule' | 'declaration_type_unknown' | 'delivery_partner_missing' | 'delivery_partner_not_yours' | 'delivery_partner_outside_england' | 'delivery_partner_unknown' | 'delivery_partners_the_same' | 'has_passed_missing' | 'not_contracted' | 'not_on_course' | 'participant_id_missing' | 'participant_id_replaced' | 'participant_unknown' | 'secondary_delivery_partner_alone' | 'secondary_delivery_partner_not_yours' | 'secondary_delivery_partner_outside_england' | 'secondary_delivery_partner_unknown'
  voidDeclaration: 'cohort_closed' | 'declaration_already_clawed_back' | 'declaration_already_voided' | 'declaration_not_paid' | 'statement_already_paid'
}

/** Where each request goes. */
export const requests = {
  listApplications: { method: 'GET', path: '/api/v2/npq-applications', gives: 'list' },
  listApplicationsAsCsv: { method: 'GET', path: '/api/v2/npq-applications.csv', gives: 'csv' },
  getApplication: { method: 'GET', path: '/api/v2/npq-applications/{id}', gives: 'record' },
  acceptApplication: { method: 'POST', path: '/api/v2/npq-applications/{id}/accept', gives: 'record', takes: 'npq-application-accept' },
  rejectApplication: { method: 'POST', path: '/api/v2/npq-applications/{id}/reject', gives: 'record' },
  changeFundedPlace: { method: 'PUT', path: '/api/v2/npq-applications/{id}/change-funded-place', gives: 'record', takes: 'npq-application-change-funded-place' },
  listEnrolmentsAsCsv: { method: 'GET', path: '/api/v2/npq-enrolments.csv', gives: 'csv' },
  listParticipants: { method: 'GET', path: '/api/v2/participants/npq', gives: 'list' },
  getParticipant: { method: 'GET', path: '/api/v2/participants/npq/{id}', gives: 'record' },
  deferParticipant: { method: 'PUT', path: '/api/v2/participants/npq/{id}/defer', gives: 'record', takes: 'participant-defer' },
  resumeParticipant: { method: 'PUT', path: '/api/v2/participants/npq/{id}/resume', gives: 'record', takes: 'participant-resume' },
  withdrawParticipant: { method: 'PUT', path: '/api/v2/participants/npq/{id}/withdraw', gives: 'record', takes: 'participant-withdraw' },
  changeParticipantSchedule: { method: 'PUT', path: '/api/v2/participants/npq/{id}/change-schedule', gives: 'record', takes: 'participant-change-schedule' },
  listOutcomes: { method: 'GET', path: '/api/v2/participants/npq/outcomes', gives: 'list' },
  listOutcomesOfParticipant: { method: 'GET', path: '/api/v2/participants/npq/{id}/outcomes', gives: 'list' },
  reportOutcome: { method: 'POST', path: '/api/v2/participants/npq/{id}/outcomes', gives: 'record', takes: 'npq-outcome-confirmation' },
  listDeclarations: { method: 'GET', path: '/api/v2/participant-declarations', gives: 'list' },
  createDeclaration: { method: 'POST', path: '/api/v2/participant-declarations', gives: 'record', takes: 'participant-declaration' },
  listDeclarationsAsCsv: { method: 'GET', path: '/api/v2/participant-declarations.csv', gives: 'csv' },
  getDeclaration: { method: 'GET', path: '/api/v2/participant-declarations/{id}', gives: 'record' },
  voidDeclaration: { method: 'PUT', path: '/api/v2/participant-declarations/{id}/void', gives: 'record' },
} as const
