// Links that open a navigator at a place. 高德 wants GCJ-02; the others take WGS 84 and shift by themselves.
import { toGcj02 } from '../core/geo/gcj02';
import { fromE7, type E7 } from '../core/field/pack';

const six = (degrees: number) => degrees.toFixed(6);

export function navigationLinks(at: E7, name: string) {
	const [lon, lat] = fromE7(at);
	const [gLon, gLat] = toGcj02([lon, lat]);
	const label = encodeURIComponent(name);
	return {
		amap: `https://uri.amap.com/navigation?to=${six(gLon)},${six(gLat)},${label}&mode=car&coordinate=gaode`,
		baidu: `https://api.map.baidu.com/marker?location=${six(lat)},${six(lon)}&title=${label}&content=${label}&coord_type=wgs84&output=html`,
		apple: `https://maps.apple.com/?daddr=${six(lat)},${six(lon)}&dirflg=d`,
		google: `https://www.google.com/maps/dir/?api=1&destination=${six(lat)},${six(lon)}`,
		/** As people read it out: longitude, latitude, CGCS2000. */
		text: `${six(lon)},${six(lat)}`
	};
}
