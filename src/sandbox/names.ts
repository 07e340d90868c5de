import type { Random } from './random.ts'

// Every name here is invented; a likeness to a real person or place is chance.

const firstNames = listed(`
  Amara, Aled, Anwen, Bashir, Beatrix, Caitlin, Callum, Chidi, Clodagh, Dafydd, Delphine, Dorota, Eilidh, Emeka, Farah, Fergus, Gethin, Greta,
  Haruka, Hamza, Imani, Iolo, Jaspreet, Jolanta, Kavita, Kwame, Leocadia, Lorcan, Maeve, Mei-Lin, Milo, Nadira, Niamh, Olamide, Oskar,
  Padraig, Parveen, Quentin, Rafaela, Rhodri, Saoirse, Siân, Tariq, Temperance, Ursula, Vikram, Wanjiru, Xanthe, Yusuf, Zoë`)
const lastNames = listed(`
  Abernathy, Adeyinka, Ashgrove, Barrowclough, Bhandal, Birchall, Carrowmore, Chaudry, Colquhoun, Dacosta, Drinkwater, Eastaway, Ekwueme,
  Fairweather, Featherstone, Gallowglass, Greenhalgh, Halloran, Hathersage, Iqbal, Ironside, Jagpal, Kettlewell, Kowalczyk, Llewelyn, Lanyon,
  Marchbanks, Merriweather, Mukherjee, Nightingale, O'Hanrahan, Oyelaran, Penhaligon, Pryce-Jones, Quayle, Ravenscroft, Rosewarne, Sandhu,
  Silverwood, Tamworth, Thistlewood, Umarji, Vasquez, Whitcombe, Wolstenholme, Yardley, Zielinska`)
const places = listed(`
  Alderbrook, Ashcombe, Birchmere, Brackenfield, Coldwater, Copperhill, Crowmarsh, Dunholme, Elmsworth, Fallowdale, Foxhollow, Greystoke Moor,
  Harrowdene, Hazelmere, Inglewick, Kestrel Bank, Larkrise, Lindenfold, Marlstone, Millbeck, Northmere, Oakhanger, Otterbourne, Pinfold,
  Quarrydale, Ravensworth, Rookwood, Sallowfield, Silverbeck, Thornley Vale, Umberslade, Wendlebury, Willowbank, Yewdale`)
const emailDomains = ['post.example', 'mail.example', 'staffroom.example', 'learning.example']

function listed(text: string): string[] {
  return text.trim().split(/,\s+/)
}

export function personName(random: Random): string {
  return `${random.pick(firstNames)} ${random.pick(lastNames)}`
}

/** The same person under another family name. */
export function withAnotherLastName(random: Random, fullName: string): string {
  const [first] = fullName.split(' ')
  return `${first} ${random.pick(lastNames.filter((name) => !fullName.endsWith(name)))}`
}

/** An address on a reserved domain, where no mail can arrive; the number keeps it unique. */
export function emailOf(random: Random, fullName: string, number: number): string {
  const plain = fullName
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z ]/g, '')
    .replaceAll(' ', '.')
  return `${plain}.${number}@${random.pick(emailDomains)}`
}

/** Places with endings, such as `Alderbrook Primary School`; no two alike while there are as many endings as rounds of the places. */
export function placeNames(endings: readonly string[], count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const place = index % places.length
    const round = Math.floor(index / places.length)
    return `${places[place]} ${endings[(place + round) % endings.length]}`
  })
}
