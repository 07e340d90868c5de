import pg from 'pg'

/**
 * Gives a connection up together with a query that the server did not answer in time. The driver itself would hand the connection
 * to the next query, which would wait behind the lost one.
 */
export class PatientClient extends pg.Client {
  // `never` stands in for the answers of the driver's many overloads
  override query(...given: unknown[]): never {
    const answer = (super.query as (...given: unknown[]) => unknown)(...given)
    if (answer instanceof Promise) {
      answer.catch((error: Error) => {
        if (error.message === 'Query read timeout') this.connection.stream.destroy()
      })
    }
    return answer as never
  }
}
