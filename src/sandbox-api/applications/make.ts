import { randomInt, randomUUID } from 'node:crypto'
import type { Database } from '../../db/connect.ts'
import { transact } from '../../db/transact.ts'
import { type Answer, answer } from '../../domain/answer.ts'
import type { DatasetRecord } from '../../domain/dataset/dataset.ts'
import { FaultyDataset } from '../../domain/dataset/faults.ts'
import { loadRecords } from '../../domain/dataset/load-records.ts'
import type { Act } from '../../domain/history.ts'
import { isEmailTaken } from '../../domain/participants/records.ts'
import { findCourse } from '../../domain/reference/courses.ts'
import { judge, type Refusal, type Rules, refuse } from '../../domain/rules.ts'
import { emailOf, personName } from '../../sandbox/names.ts'
import { Random } from '../../sandbox/random.ts'
import { isUuid } from '../../uuid.ts'
import type { CohortFunding, CourseIdentifier } from '../../words.ts'
import { findWorkplaces, hasApplied, newestCohorts, takeTrns } from './records.ts'

export const mostApplications = 1000
export const workplaces = ['school', 'private_nursery', 'another_setting', 'outside_england'] as const
export type Workplace = (typeof workplaces)[number]

/** What an application is to be, as it was sent; what is left out is chosen. */
export type Wanted = {
  count: unknown
  courseIdentifier: string | undefined
  cohort: string | undefined
  eligible: unknown
  workplace: string | undefined
  participantId: string | undefined
  fullName: string | undefined
  email: string | undefined
  trn: string | undefined
}

export type MakeApplications = Act & { provider: { id: number; name: string } } & Wanted

type Cohort = { identifier: string; funding: CohortFunding }

export type MakeFacts = Wanted & {
  courseKnown: boolean
  /** undefined where the one that was named does not exist */
  chosen: Cohort | undefined
  cohorts: readonly Cohort[]
  /** somebody who has applied to the caller has the id that was sent */
  applicantKnown: boolean
  emailTaken: boolean
}

/** Makes pending applications of invented people to a provider, as a dataset: all of them or none. Answers with their ids. */
export async function makeApplications(db: Database, command: MakeApplications): Promise<Answer<string[]>> {
  try {
    return await transact(db, async (trx) => {
      const facts = await gatherFacts(trx, command)
      const [first, ...more] = judge(makeApplicationsRules, facts)
      if (first || !facts.chosen) return { refusals: [first as Refusal, ...more] }
      const records = await recordsOf(trx, command, facts.chosen)
      await loadRecords(trx, records, command)
      return answer(records.application.map(({ id }) => id))
    })
  } catch (error) {
    // somebody took the address since it was looked for
    if (error instanceof FaultyDataset && error.faults.every(({ place }) => place.endsWith('/email'))) return { refusals: [emailTaken] }
    throw error
  }
}

const alone = ({ count }: MakeFacts) => count === undefined || count === 1

const emailTaken: Refusal = {
  code: 'email_taken',
  title: 'email',
  detail: 'Somebody in the sandbox has this #/email already. Use another one.',
}

export const makeApplicationsRules: Rules<MakeFacts> = [
  refuse(
    'count_out_of_range',
    ({ count }) => count !== undefined && !(Number.isInteger(count) && Number(count) >= 1 && Number(count) <= mostApplications),
    'count',
    `Give a whole number from 1 to ${mostApplications} in #/count.`,
  ),
  refuse(
    'course_unknown',
    ({ courseKnown }) => !courseKnown,
    'course_identifier',
    'There is no course with this #/course_identifier. See the API documentation for the courses.',
  ),
  refuse(
    'cohort_unknown',
    ({ chosen }) => chosen === undefined,
    'cohort',
    ({ cohorts }) => `There is no such #/cohort. There are ${cohorts.map(({ identifier }) => identifier).join(', ')}.`,
  ),
  refuse(
    'workplace_unknown',
    ({ workplace }) => workplace !== undefined && !workplaces.some((known) => known === workplace),
    'workplace',
    `The #/workplace must be one of ${workplaces.join(', ')}.`,
  ),
  refuse(
    'eligible_for_funding_unreadable',
    ({ eligible }) => eligible !== undefined && typeof eligible !== 'boolean',
    'eligible_for_funding',
    'Set #/eligible_for_funding to true or false, or leave it out.',
  ),
  refuse(
    'funding_not_there',
    ({ eligible, chosen, workplace }) => eligible === true && (chosen?.funding === 'zero' || workplace === 'outside_england'),
    'eligible_for_funding',
    'Nobody is eligible for funding outside England, or in a cohort without funding. Leave #/eligible_for_funding out.',
  ),
  refuse(
    'applicant_unknown',
    ({ participantId, applicantKnown }) => participantId !== undefined && !applicantKnown,
    'participant_id',
    'Nobody with this #/participant_id has applied to you. Leave it out for somebody new.',
  ),
  refuse(
    'person_given_twice',
    ({ participantId, fullName, email, trn }) => participantId !== undefined && [fullName, email, trn].some((given) => given !== undefined),
    'participant_id',
    'Give either a #/participant_id or what a new person is to be called, not both.',
  ),
  refuse(
    'one_person_for_many',
    (facts) => !alone(facts) && [facts.participantId, facts.email, facts.trn].some((given) => given !== undefined),
    'count',
    'With #/participant_id, #/email or #/teacher_reference_number only one application is made. Leave #/count out.',
  ),
  refuse(
    'email_unreadable',
    ({ email }) => email !== undefined && !/^[^\s@]{1,64}@[^\s@]{1,255}$/.test(email),
    'email',
    'The #/email is no address. Use one such as amara@school.example: no mail is sent to it.',
  ),
  refuse(emailTaken.code, (facts) => facts.emailTaken, emailTaken.title, emailTaken.detail),
  refuse(
    'trn_unreadable',
    ({ trn }) => trn !== undefined && !/^\d{7}$/.test(trn),
    'teacher_reference_number',
    'A #/teacher_reference_number has seven digits. Leave it out for one that nobody has.',
  ),
]

async function gatherFacts(db: Database, wanted: MakeApplications): Promise<MakeFacts> {
  const { cohort, courseIdentifier, participantId, email, provider, now } = wanted
  const cohorts = await newestCohorts(db)
  const open = cohorts.find(({ registration_start_date }) => Temporal.Instant.compare(registration_start_date, now) <= 0)
  return {
    ...wanted,
    courseKnown: courseIdentifier === undefined || (await findCourse(db, courseIdentifier)) !== undefined,
    chosen: cohort === undefined ? open : cohorts.find(({ identifier }) => identifier === cohort),
    cohorts,
    applicantKnown: participantId !== undefined && isUuid(participantId) && (await hasApplied(db, provider.id, participantId)),
    emailTaken: email !== undefined && (await isEmailTaken(db, email.toLowerCase())),
  }
}

async function recordsOf(db: Database, command: MakeApplications, cohort: Cohort) {
  const { provider, now, participantId } = command
  const count = command.count === undefined ? 1 : Number(command.count)
  const eligible = command.eligible ?? (cohort.funding !== 'zero' && command.workplace !== 'outside_england')
  const answers = await workOf(db, (command.workplace ?? 'school') as Workplace)
  const times = { created_at: now, updated_at: now }
  const people = participantId === undefined ? await inventPeople(db, command, count) : []
  const user = people.map((person) => ({ ...person, ...times }))
  const application = Array.from(
    { length: count },
    (_, index): DatasetRecord<'application'> => ({
      id: randomUUID(),
      participant_id: people[index]?.id ?? participantId ?? '',
      course_identifier: (command.courseIdentifier ?? 'npq-headship') as CourseIdentifier,
      lead_provider: provider.name,
      cohort: cohort.identifier,
      lead_provider_approval_status: 'pending',
      eligible_for_funding: eligible === true,
      funding_eligibility_status_code: codeOf(cohort, command.workplace, eligible === true),
      funded_place: cohort.funding === 'zero' ? false : null,
      funding_choice: eligible ? null : 'school',
      ...answers,
      ...times,
    }),
  )
  return { user, application }
}

/** People with names and addresses that are invented, and with verified TRNs. */
async function inventPeople(db: Database, { fullName, email, trn }: Wanted, count: number) {
  const random = new Random(randomInt(2 ** 32))
  const trns = trn === undefined ? await takeTrns(db, count) : [trn]
  return trns.map((number) => {
    const name = fullName ?? personName(random)
    return {
      id: randomUUID(),
      full_name: name,
      email: email ?? emailOf(random, name, Number(number)),
      trn: number,
      trn_verified: true,
      date_of_birth: Temporal.PlainDate.from('1990-01-01'),
      provider: 'teacher_auth' as const,
      uid: randomUUID(),
    }
  })
}

function codeOf(cohort: Cohort, workplace: string | undefined, eligible: boolean): string {
  if (eligible) return 'funded'
  if (cohort.funding === 'zero') return 'unfunded_cohort'
  return workplace === 'outside_england' ? 'not_in_england' : 'ineligible_establishment_type'
}

const england = {
  teacher_catchment: 'england',
  teacher_catchment_country: 'United Kingdom of Great Britain and Northern Ireland',
  teacher_catchment_iso_country_code: 'GBR',
}

/** What an applicant answers about where they work. */
async function workOf(db: Database, workplace: Workplace): Promise<Partial<DatasetRecord<'application'>>> {
  const { school, nursery } = await findWorkplaces(db)
  switch (workplace) {
    case 'school':
      return {
        ...england,
        school_urn: school?.urn ?? null,
        ukprn: school?.ukprn ?? null,
        work_setting: 'a_school',
        works_in_school: true,
        primary_establishment: school?.phase_name === 'Primary',
        number_of_pupils: school?.number_of_pupils ?? 0,
      }
    case 'private_nursery':
      return {
        ...england,
        private_childcare_provider_urn: nursery?.provider_urn ?? null,
        work_setting: 'early_years_or_childcare',
        works_in_childcare: true,
        kind_of_nursery: 'private_nursery',
      }
    case 'another_setting':
      return {
        ...england,
        work_setting: 'another_setting',
        employment_type: 'local_authority_virtual_school',
        employer_name: 'Wendlebury Council',
        employment_role: 'Lead teacher',
      }
    case 'outside_england':
      return {
        work_setting: 'a_school',
        works_in_school: true,
        teacher_catchment: 'another',
        teacher_catchment_country: 'Spain',
        teacher_catchment_iso_country_code: 'ESP',
      }
  }
}
