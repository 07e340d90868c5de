// Made from the OpenAPI document of the sandbox: change the API, not this file.

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
        ApplicationsRequest: {
            data: {
                /**
                 * @example sandbox-application
                 * @enum {string}
                 */
                type: "sandbox-application";
                attributes: {
                    /**
                     * @description How many are made, each of a new person.
                     * @default 1
                     */
                    count?: number;
                    /**
                     * @description The course; headship where it is left out.
                     * @enum {string}
                     */
                    course_identifier?: "npq-senior-leadership" | "npq-headship" | "npq-executive-leadership" | "npq-early-years-leadership" | "npq-leading-teaching" | "npq-leading-behaviour-culture" | "npq-leading-teaching-development" | "npq-leading-literacy" | "npq-leading-primary-mathematics" | "npq-additional-support-offer" | "npq-early-headship-coaching-offer" | "npq-senco";
                    /**
                     * @description The cohort with its suffix; the newest that registers where it is left out.
                     * @example 2026b
                     */
                    cohort?: string;
                    /** @description Whether the applicant is; where that can be, if it is left out. */
                    eligible_for_funding?: boolean;
                    /**
                     * @description Where the applicant works; a school where it is left out.
                     * @enum {string}
                     */
                    workplace?: "school" | "private_nursery" | "another_setting" | "outside_england";
                    /**
                     * Format: uuid
                     * @description Somebody who has applied to you before, in the place of a new person.
                     * @example 3d2b8e5c-0f1a-4b77-9a63-5f0d1c8e2b14
                     */
                    participant_id?: string;
                    /** @description What the new person is called. */
                    full_name?: string;
                    /**
                     * @description Their address. No mail is sent to it.
                     * @example amara@school.example
                     */
                    email?: string;
                    /**
                     * @description Their TRN; one that nobody has where it is left out.
                     * @example 7000001
                     */
                    teacher_reference_number?: string;
                };
            };
        };
        ApplicationsWriteResponse: {
            data: components["schemas"]["Application"][];
            /** @description Only where the request was tried out with `dry_run=true`. */
            meta?: {
                /**
                 * @description That nothing was changed.
                 * @enum {boolean}
                 */
                dry_run: true;
            };
        };
        Clock: {
            /**
             * Format: uuid
             * @example 4b1c7e52-8f3d-4a6e-9c0b-2d5e7f8a1b3c
             */
            id: string;
            /** @enum {string} */
            type: "sandbox-clock";
            attributes: {
                /**
                 * Format: date
                 * @description Your day, in UTC. It goes on at midnight.
                 * @example 2026-12-26
                 */
                day: string;
                /**
                 * Format: date-time
                 * @description The moment by which your request was judged.
                 * @example 2026-12-26T09:15:00Z
                 */
                now: string;
                /**
                 * @description By how many days it is ahead of the calendar.
                 * @example 54
                 */
                days_ahead: number;
                /**
                 * Format: date
                 * @description The last day to which it can be moved: the payment date of your last statement.
                 * @example 2028-02-24
                 */
                last_day: string | null;
            };
        };
        ClockRequest: {
            data: {
                /**
                 * @example sandbox-clock
                 * @enum {string}
                 */
                type: "sandbox-clock";
                attributes: {
                    /**
                     * Format: date
                     * @description The day to go to. Today’s date does what is due today.
                     * @example 2026-03-04
                     */
                    day: string;
                };
            };
        };
        ClockWriteResponse: {
            data: components["schemas"]["Clock"];
            /** @description Only where the request was tried out with `dry_run=true`. */
            meta?: {
                /**
                 * @description That nothing was changed.
                 * @enum {boolean}
                 */
                dry_run: true;
            };
        };
        RequestsResponse: {
            data: {
                /** @enum {string} */
                type: "sandbox-request";
                attributes: {
                    /**
                     * @description The method.
                     * @example POST
                     */
                    method: string;
                    /**
                     * @description The path, without what was asked for in the query.
                     * @example /api/v3/participant-declarations
                     */
                    path: string;
                    /**
                     * @description The status of the answer.
                     * @example 422
                     */
                    status: number;
                    /**
                     * @description The code of each error in the answer.
                     * @example [
                     *       "declaration_already_made"
                     *     ]
                     */
                    codes: string[];
                    /**
                     * @description How long the answer took, in milliseconds.
                     * @example 12
                     */
                    duration_ms: number | null;
                    /**
                     * @description The `x-request-id` of the answer. Name it when you ask us for help.
                     * @example b8f6e0a2-5d0c-4c1e-9a7f-3e2d1c0b9a8f
                     */
                    request_id: string;
                    /**
                     * Format: date-time
                     * @description When it came, by the calendar.
                     * @example 2026-03-04T09:15:00Z
                     */
                    created_at: string;
                };
            }[];
        };
        Scenario: {
            /**
             * @description Its name.
             * @example accept-funded-place-missing
             */
            id: string;
            /** @enum {string} */
            type: "sandbox-scenario";
            attributes: {
                /**
                 * @description What the situation shows.
                 * @example A pending application in a cohort with limited places, accepted without saying whether the place is funded.
                 */
                shows: string;
                /**
                 * @description The request to try next.
                 * @example {
                 *       "method": "POST",
                 *       "path": "/api/v3/npq-applications/db3a7848-7308-4879-942a-c4a70ced400a/accept",
                 *       "body": null
                 *     }
                 */
                request: {
                    method: string;
                    path: string;
                    /** @description What to send; null for no body. */
                    body: Record<string, never> | unknown[] | null;
                };
                /**
                 * @description How it is answered.
                 * @example {
                 *       "status": 422,
                 *       "title": "funded_place",
                 *       "code": "funded_place_missing",
                 *       "attributes": null
                 *     }
                 */
                expected: {
                    status: number;
                    /** @description Of an error in the answer. */
                    title: string | null;
                    /** @description Of the same error. */
                    code: string | null;
                    /** @description What is among the attributes of the answer. */
                    attributes: Record<string, never> | null;
                };
                /**
                 * @description What has been made, and all else that the request names; nothing before it is made.
                 * @example {
                 *       "application_id": "db3a7848-7308-4879-942a-c4a70ced400a",
                 *       "participant_id": "7a8fef46-3c43-42c0-b3d5-1ba5904ba562"
                 *     }
                 */
                ids: {
                    [key: string]: string;
                };
            };
        };
        ScenarioWriteResponse: {
            data: components["schemas"]["Scenario"];
            /** @description Only where the request was tried out with `dry_run=true`. */
            meta?: {
                /**
                 * @description That nothing was changed.
                 * @enum {boolean}
                 */
                dry_run: true;
            };
        };
        Token: {
            /**
             * Format: uuid
             * @example e2a9d4f6-1c8b-4d37-a5e0-6f9b3c7d8e21
             */
            id: string;
            /** @enum {string} */
            type: "sandbox-token";
            attributes: {
                /**
                 * @description What it is for.
                 * @example Our nightly job
                 */
                label: string;
                /**
                 * @description The token itself, where it has just been made: it is never shown again.
                 * @example null
                 */
                token: string | null;
                /**
                 * Format: date-time
                 * @description When it was made.
                 * @example 2026-03-04T09:15:00Z
                 */
                created_at: string;
                /**
                 * Format: date-time
                 * @description When it was last used, within a minute.
                 * @example 2026-03-04T09:15:00Z
                 */
                last_used_at: string | null;
                /**
                 * Format: date-time
                 * @description When it was revoked; null while it can be used.
                 * @example null
                 */
                revoked_at: string | null;
            };
        };
        TokenRequest: {
            data: {
                /**
                 * @example sandbox-token
                 * @enum {string}
                 */
                type: "sandbox-token";
                attributes: {
                    /** @description What it is for. */
                    label: string;
                };
            };
        };
        TokenWriteResponse: {
            data: components["schemas"]["Token"];
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
export type ApplicationsRequest = components['schemas']['ApplicationsRequest'];
export type ApplicationsWriteResponse = components['schemas']['ApplicationsWriteResponse'];
export type Clock = components['schemas']['Clock'];
export type ClockRequest = components['schemas']['ClockRequest'];
export type ClockWriteResponse = components['schemas']['ClockWriteResponse'];
export type RequestsResponse = components['schemas']['RequestsResponse'];
export type Scenario = components['schemas']['Scenario'];
export type ScenarioWriteResponse = components['schemas']['ScenarioWriteResponse'];
export type Token = components['schemas']['Token'];
export type TokenRequest = components['schemas']['TokenRequest'];
export type TokenWriteResponse = components['schemas']['TokenWriteResponse'];

/** What can be asked of the sandbox. */
export interface Sandbox {
  /** Make applications. Up to 1000 pending applications of invented people to you, as if they had just applied. Everything may be left out. */
  makeApplications(attributes?: ApplicationsRequest['data']['attributes'], options?: WriteOptions): Promise<Result<Application[], Codes['makeApplications'], ApplicationsWriteResponse['meta']>>
  /** List the scenarios. Every named situation, with what it shows, the request to try in it and the answer to expect. What stands in braces is known once it is made. */
  listScenarios(options?: CallOptions): Promise<Result<Scenario[]>>
  /** Make a scenario. Makes the situation in your own data, as often as you like, and answers with the ids and with the request that is ready to be sent. No body is needed. */
  makeScenario(name: string, options?: WriteOptions): Promise<Result<Scenario, Codes['makeScenario'], ScenarioWriteResponse['meta']>>
  /** See your day. The day by which your requests are judged. Nobody but you sees it. */
  getClock(options?: CallOptions): Promise<Result<Clock>>
  /** Move your day. Goes to a later day, and does what falls due until then for your statements alone: after its deadline a statement and its declarations become payable, on its payment date they are paid, and what you clawed back is taken off. It cannot go back: a reset does that. */
  moveClock(attributes: ClockRequest['data']['attributes'], options?: WriteOptions): Promise<Result<Clock, Codes['moveClock'], ClockWriteResponse['meta']>>
  /** Reset your data. Puts your applications, participants, declarations, outcomes and statements back to what the sandbox began with, takes away what was made since, and sets your day to today. Nothing of anybody else changes; your tokens stay. No body is needed. */
  resetSandbox(options?: WriteOptions): Promise<Result<Clock, Codes['resetSandbox'], ClockWriteResponse['meta']>>
  /** List your tokens. All that were ever made for you, the oldest first, without the tokens themselves. */
  listTokens(options?: CallOptions): Promise<Result<Token[]>>
  /** Make a token. A further token of yours. It is shown in this answer alone, and kept nowhere: an `Idempotency-Key` is passed over. */
  makeToken(attributes: TokenRequest['data']['attributes'], options?: Omit<WriteOptions, 'key'>): Promise<Result<Token, Codes['makeToken'], TokenWriteResponse['meta']>>
  /** Revoke a token. Nothing is answered with it any more, from a second later on. No body is needed. */
  revokeToken(id: string, options?: WriteOptions): Promise<Result<Token, Codes['revokeToken'], TokenWriteResponse['meta']>>
  /** List your last requests. The last 100 that you sent to any version of the API, with any of your tokens, the newest first; a moment after they were answered. */
  listRequests(options?: CallOptions): Promise<Result<RequestsResponse['data'][number][]>>
}

/** Why each change can be refused. */
export interface Codes {
  makeApplications: 'applicant_unknown' | 'cohort_unknown' | 'count_out_of_range' | 'course_unknown' | 'eligible_for_funding_unreadable' | 'email_taken' | 'email_unreadable' | 'funding_not_there' | 'one_person_for_many' | 'person_given_twice' | 'trn_unreadable' | 'workplace_unknown'
  makeScenario: 'scenario_not_possible'
  moveClock: 'day_after_last_statement' | 'day_missing' | 'day_past'
  resetSandbox: 'nothing_to_reset'
  makeToken: 'label_missing' | 'label_too_long' | 'too_many_tokens'
  revokeToken: 'last_token' | 'token_already_revoked'
}

/** Where each request goes. */
export const requests = {
  makeApplications: { method: 'POST', path: '/api/sandbox/applications', gives: 'records', takes: 'sandbox-application' },
  listScenarios: { method: 'GET', path: '/api/sandbox/scenarios', gives: 'records' },
  makeScenario: { method: 'POST', path: '/api/sandbox/scenarios/{name}', gives: 'record' },
  getClock: { method: 'GET', path: '/api/sandbox/clock', gives: 'record' },
  moveClock: { method: 'POST', path: '/api/sandbox/clock', gives: 'record', takes: 'sandbox-clock' },
  resetSandbox: { method: 'POST', path: '/api/sandbox/reset', gives: 'record' },
  listTokens: { method: 'GET', path: '/api/sandbox/tokens', gives: 'records' },
  makeToken: { method: 'POST', path: '/api/sandbox/tokens', gives: 'record', takes: 'sandbox-token', key: 'none' },
  revokeToken: { method: 'PUT', path: '/api/sandbox/tokens/{id}/revoke', gives: 'record' },
  listRequests: { method: 'GET', path: '/api/sandbox/requests', gives: 'records' },
} as const
