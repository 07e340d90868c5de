// @ts-check
import { connect } from 'npq-client'

const { NPQ_URL: url = 'http://127.0.0.1:3000', NPQ_TOKEN: token } = process.env
if (!token) {
  process.stderr.write('Put your token in NPQ_TOKEN, and in NPQ_URL where the API is.\n')
  process.exit(2)
}

/** Version 3, with the token and the address of the environment. */
export const npq = connect({ version: 'v3', url, token })
