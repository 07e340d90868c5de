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
        NotFoundResponse: {
            error: string;
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
        PayloadTooLargeResponse: {
            errors: {
                title: string;
                detail: string;
            }[];
        };
        TooManyRequestsResponse: {
            errors: {
                title: string;
                detail: string;
            }[];
        };
        UnauthorisedResponse: {
            error: string;
        };
        UnprocessableEntityResponse: {
            errors: {
                title: string;
                detail: string;
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
                     *           "detail": "The filter #/updated_since must be a valid ISO 8601 date, such as 2025-01-28T13:15:00Z."
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
                     *           "detail": "Your token made 1,000 requests in the last five minutes. Slow down."
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
                     *           "detail": "Your token made 1,000 requests in the last five minutes. Slow down."
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
        };
    };
    acceptApplication: {
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
                     *           "detail": "The request body must be JSON with the documented structure: {\"data\":{\"type\":\"…\",\"attributes\":{…}}}."
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
                     *           "detail": "The request body is larger than 1 MiB. Send less in one request."
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
                     *           "detail": "This application has been rejected. A rejected application cannot change its state."
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
                     *           "detail": "Your token made 1,000 requests in the last five minutes. Slow down."
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
        };
    };
    rejectApplication: {
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
                     *           "detail": "This application has been rejected. A rejected application cannot change its state."
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
                     *           "detail": "Your token made 1,000 requests in the last five minutes. Slow down."
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
        };
    };
    changeFundedPlace: {
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
                     *           "detail": "The request body must be JSON with the documented structure: {\"data\":{\"type\":\"…\",\"attributes\":{…}}}."
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
                     *           "detail": "The request body is larger than 1 MiB. Send less in one request."
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
                     *           "detail": "This application has been rejected. A rejected application cannot change its state."
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
                     *           "detail": "Your token made 1,000 requests in the last five minutes. Slow down."
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
        };
    };
}
