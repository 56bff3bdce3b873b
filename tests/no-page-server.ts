import { allPartsAreHere } from '../src/live/later-part.ts';

// There is no local server here that could be asked who it is before a part of the page is loaded.
allPartsAreHere();
