/** Small files in the layout of the published ones: latin-1, CRLF, and each of their oddities. Invented. */

const end = "\r\n";

export const header2023 =
  "track_name,artist(s)_name,artist_count,released_year,released_month,released_day,in_spotify_playlists,in_spotify_charts,streams,in_apple_playlists,in_apple_charts,in_deezer_playlists,in_deezer_charts,in_shazam_charts,bpm,key,mode,danceability_%,valence_%,energy_%,acousticness_%,instrumentalness_%,liveness_%,speechiness_%";

/** Rows 2 .. 9 of the sample; line 5 has text for streams, line 8 repeats line 2's song. */
export const rows2023 = [
  'Seven,"Ada, Bo",2,2023,7,14,553,147,141381703,43,263,45,10,826,125,B,Major,80,89,83,31,0,8,4',
  'Caf\xef\xbf\xbd ,Cy,1,1999,1,1,1474,48,3703895074,48,126,"1,058",14,,92,,Minor,71,61,74,7,0,10,4',
  '\xfd\xfd\xfd,Di,1,2024,2,29,1,0,2762,0,0,0,0,"1,021",100,C#,Major,0,100,50,50,50,50,50',
  "Love,Ed,1,1970,1,1,2877,0,BPM110KeyAMode,16,0,54,0,0,110,A,Major,53,75,69,7,0,17,3",
  '"Quo, ""te""",Flo,1,2020,12,31,7,7,7,7,7,7,7,7,70,G#,Minor,7,7,7,7,7,7,7',
  '\xfdx,"Gus, Hal, Ida",3,1930,3,31,10,0,99999,0,0,"12,367",0,0,206,F,Major,1,2,3,4,5,6,7',
  'Seven,"Ada, Bo",2,2023,7,15,1,1,1,1,1,1,1,1,125,B,Major,80,89,83,31,0,8,4',
  "Last,Jo,1,2021,6,1,30,2,123456,4,5,6,7,8,99,D,Minor,10,20,30,40,50,60,70",
];

export const header2024 =
  "Track,Album Name,Artist,Release Date,ISRC,All Time Rank,Track Score,Spotify Streams,Spotify Playlist Count,Spotify Playlist Reach,Spotify Popularity,YouTube Views,YouTube Likes,TikTok Posts,TikTok Likes,TikTok Views,YouTube Playlist Reach,Apple Music Playlist Count,AirPlay Spins,SiriusXM Spins,Deezer Playlist Count,Deezer Playlist Reach,Amazon Playlist Count,Pandora Streams,Pandora Track Stations,Soundcloud Streams,Shazam Counts,TIDAL Popularity,Explicit Track";

/** Rows 2 .. 7 of the sample; line 4 repeats line 3 in full. */
export const rows2024 = [
  'MILLION,"Million, Single",To,4/26/2024,QM24S2402528,1,725.4,"4,281,468,720","30,716","196,631,588",92,"84,274,754","1,713,126","5,767,700","651,565,900","5,332,281,936","150,597,040",210,"40,975",684,62,"17,598,718",114,"18,004,655","22,931","4,818,457","2,669,262",,0',
  "Tenn\xef\xbf\xbd,Al,,1/1/1999,US0000000001,2,50,,,,,,,,,,,,,,,,,,,,,,1",
  "Tenn\xef\xbf\xbd,Al,,1/1/1999,US0000000001,2,50,,,,,,,,,,,,,,,,,,,,,,1",
  '\xfd\xfd,\xfd,Bo,2/29/2024,US0000000002,"1,005",49.9,17,1,0,0,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,,0',
  '\xfd,B,Bo,12/31/2023,US0000000003,"1,005",49.9,"1,234",1,0,100,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,,0',
  "Last,L ,Li,10/9/2020,US0000000004,7,19.4,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,,1",
];

/** A file of these lines, in latin-1. */
export function sampleFile(lines: readonly string[], lineEnd = end): Buffer {
  return Buffer.from(lines.map((line) => line + lineEnd).join(""), "latin1");
}

export const sample2023 = sampleFile([header2023, ...rows2023]);
export const sample2024 = sampleFile([header2024, ...rows2024]);
