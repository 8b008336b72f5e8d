import { connectedSeconds } from './call-facts.ts'
import type { CallFacts } from './call-facts.ts'
import type { Recording } from './recordings.ts'
import type { TextMessage } from './text-message.ts'
import { asParty, rfc2822 } from './voice-params.ts'

/** Things of an account, as Twilio's REST shows them. */
export interface RestShapes {
  readonly call: (facts: CallFacts) => object
  readonly text: (text: TextMessage) => object
  readonly recording: (recording: Recording) => object
}

const VERSION = '2010-04-01'

/** The shapes of one account. Source: Twilio's OpenAPI, twilio_api_v2010. */
export function createRestShapes(accountSid: string): RestShapes {
  const account = `/${VERSION}/Accounts/${accountSid}`
  return {
    call(facts) {
      const uri = `${account}/Calls/${facts.sid}`
      return {
        sid: facts.sid,
        account_sid: accountSid,
        api_version: VERSION,
        annotation: null,
        answered_by: null,
        caller_name: null,
        date_created: rfc2822(facts.createdAt),
        date_updated: rfc2822(facts.endedAt ?? facts.answeredAt ?? facts.createdAt),
        direction: facts.direction,
        duration: facts.endedAt === undefined ? null : String(connectedSeconds(facts)),
        end_time: moment(facts.endedAt),
        forwarded_from: null,
        from: asParty(facts.from),
        from_formatted: asParty(facts.from),
        group_sid: null,
        parent_call_sid: facts.parentSid ?? null,
        phone_number_sid: null,
        price: null,
        price_unit: 'USD',
        queue_time: '0',
        start_time: rfc2822(facts.answeredAt ?? facts.createdAt),
        status: facts.status === 'initiated' ? 'queued' : facts.status,
        subresource_uris: { notifications: `${uri}/Notifications.json`, recordings: `${uri}/Recordings.json` },
        to: asParty(facts.to),
        to_formatted: asParty(facts.to),
        trunk_sid: null,
        uri: `${uri}.json`,
      }
    },
    text(text) {
      const uri = `${account}/Messages/${text.sid}`
      return {
        sid: text.sid,
        account_sid: accountSid,
        api_version: VERSION,
        body: text.body,
        date_created: rfc2822(text.createdAt),
        date_sent: text.status === 'queued' ? null : rfc2822(text.updatedAt),
        date_updated: rfc2822(text.updatedAt),
        direction: text.direction,
        error_code: text.errorCode ?? null,
        error_message: null,
        from: asParty(text.from),
        messaging_service_sid: null,
        num_media: '0',
        num_segments: '1',
        price: null,
        price_unit: null,
        status: text.status,
        subresource_uris: { media: `${uri}/Media.json` },
        to: asParty(text.to),
        uri: `${uri}.json`,
      }
    },
    recording(recording) {
      const uri = `${account}/Recordings/${recording.sid}`
      return {
        sid: recording.sid,
        account_sid: accountSid,
        api_version: VERSION,
        call_sid: recording.callSid,
        channels: 1,
        conference_sid: null,
        date_created: rfc2822(recording.createdAt),
        date_updated: rfc2822(recording.createdAt),
        duration: String(recording.seconds),
        encryption_details: null,
        error_code: null,
        media_url: uri,
        price: null,
        price_unit: 'USD',
        source: 'RecordVerb',
        start_time: rfc2822(recording.createdAt),
        status: 'completed',
        subresource_uris: {},
        uri: `${uri}.json`,
      }
    },
  }
}

function moment(at: Date | undefined): string | null {
  return at === undefined ? null : rfc2822(at)
}
