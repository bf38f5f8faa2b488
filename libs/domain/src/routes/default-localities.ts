import type { Localities } from './localities.ts';

/**
 * Four teams by the towns of Tameside, with their postcode districts: an example that an authority replaces by its own
 * table. Migration 0045 has it too, as version 1.
 */
export const DEFAULT_LOCALITIES: Localities = {
  teams: [
    { code: 'north', name: 'North locality team' },
    { code: 'south', name: 'South locality team' },
    { code: 'east', name: 'East locality team' },
    { code: 'west', name: 'West locality team' },
  ],
  areas: [
    {
      team: 'north',
      postcodes: ['OL6', 'OL7'],
      wards: ['Ashton Hurst', 'Ashton St Michael’s', 'Ashton Waterloo', 'St Peter’s', 'Ashton-under-Lyne', 'Ashton'],
    },
    {
      team: 'south',
      postcodes: ['SK14'],
      wards: ['Hyde Godley', 'Hyde Newton', 'Hyde Werneth', 'Longdendale', 'Hyde', 'Hattersley'],
    },
    {
      team: 'east',
      postcodes: ['SK15', 'SK16', 'OL5'],
      wards: [
        'Stalybridge North',
        'Stalybridge South',
        'Dukinfield Stalybridge',
        'Dukinfield',
        'Mossley',
        'Stalybridge',
      ],
    },
    {
      team: 'west',
      postcodes: ['M34', 'M43'],
      wards: [
        ...['Denton North East', 'Denton South', 'Denton West', 'Droylsden East', 'Droylsden West', 'Audenshaw'],
        ...['Denton', 'Droylsden'],
      ],
    },
  ],
};
