// The map, part 2: from longitude and latitude (WGS-84) to pixels of the base sheet and back, with the
// formulas by which the sheet was drawn. Snyder, Map Projections: A Working Manual (1987), equations
// 14-1 to 14-21 for Albers on the ellipsoid, 7-1 to 7-4 for Mercator on the sphere.
"use strict";
(function () {
  const map = window.hongtuMap;
  const degree = Math.PI / 180;
  const mean = 6371008.8;
  const equator = 6378137;

  function albers(given) {
    const square = given.eccentricitySquared;

    function authalic(latitude) {
      const sine = Math.sin(latitude);
      const step = square * sine * sine;
      let sum = 0;
      let power = 1;
      for (let k = 0; k < 10; k++) {
        sum += power / (2 * k + 1);
        power *= step;
      }
      return (1 - square) * sine * (1 / (1 - step) + sum);
    }
    // The latitude of an authalic value, by halving: 50 steps are finer than a double tells apart.
    function latitudeOf(value) {
      let low = -Math.PI / 2;
      let high = Math.PI / 2;
      for (let k = 0; k < 50; k++) {
        const middle = (low + high) / 2;
        if (authalic(middle) < value) low = middle; else high = middle;
      }
      return (low + high) / 2;
    }
    function polar(x, y) {
      const east = (x - given.x) / given.scale;
      const south = given.originRadius - (given.y - y) / given.scale;
      return { radius: Math.sqrt(east * east + south * south), angle: Math.atan2(east, south) };
    }
    function inverse(x, y) {
      const at = polar(x, y);
      const part = at.radius * given.cone / given.radius;
      return [
        given.centralMeridian + at.angle / given.cone / degree,
        latitudeOf((given.constant - part * part) / given.cone) / degree,
      ];
    }
    return {
      forward: function (lng, lat) {
        const radius = given.radius * Math.sqrt(given.constant - given.cone * authalic(lat * degree)) / given.cone;
        const angle = given.cone * (lng - given.centralMeridian) * degree;
        return [
          given.x + radius * Math.sin(angle) * given.scale,
          given.y - (given.originRadius - radius * Math.cos(angle)) * given.scale,
        ];
      },
      inverse: inverse,
      // Along the parallel, as the scale bar lies.
      metresPerPixel: function (x, y) {
        const latitude = inverse(x, y)[1] * degree;
        const sine = Math.sin(latitude);
        const parallel = Math.cos(latitude) / Math.sqrt(1 - square * sine * sine);
        const stretch = given.cone * polar(x, y).radius / (given.radius * parallel);
        return 1 / (given.scale * stretch);
      },
      // To the tip of the cone, in degrees clockwise from up.
      north: function (x, y) { return -polar(x, y).angle / degree; },
    };
  }

  function local(given) {
    return {
      forward: function (lng, lat) {
        return [
          given.x + (lng - given.longitude) * given.eastDegree * given.scale,
          given.y - (lat - given.latitude) * given.northDegree * given.scale,
        ];
      },
      inverse: function (x, y) {
        return [
          given.longitude + (x - given.x) / given.scale / given.eastDegree,
          given.latitude + (given.y - y) / given.scale / given.northDegree,
        ];
      },
      metresPerPixel: function () { return 1 / given.scale; },
      north: function () { return 0; },
    };
  }

  // A georeferenced picture keeps its own projection: metres at the equator, from a given place on.
  function cylindrical(given) {
    const isMercator = given.kind === "mercator";
    function rise(lat) {
      return isMercator ? Math.log(Math.tan(Math.PI / 4 + lat * degree / 2)) : lat * degree;
    }
    function inverse(x, y) {
      const height = rise(given.latitude) + (given.y - y) / given.scale / equator;
      return [
        given.longitude + (x - given.x) / given.scale / equator / degree,
        (isMercator ? 2 * Math.atan(Math.exp(height)) - Math.PI / 2 : height) / degree,
      ];
    }
    return {
      forward: function (lng, lat) {
        return [
          given.x + (lng - given.longitude) * degree * equator * given.scale,
          given.y - (rise(lat) - rise(given.latitude)) * equator * given.scale,
        ];
      },
      inverse: inverse,
      metresPerPixel: function (x, y) { return Math.cos(inverse(x, y)[1] * degree) / given.scale; },
      north: function () { return 0; },
    };
  }

  function plan(given) {
    return {
      forward: function () { return null; },
      inverse: function () { return null; },
      metresPerPixel: function () { return given.metresPerPixel ? given.metresPerPixel / (given.scale || 1) : null; },
      north: function () { return typeof given.north === "number" ? given.north : null; },
    };
  }

  const kinds = { albers: albers, local: local, mercator: cylindrical, plate: cylindrical, plan: plan };

  /** Takes over the projection of the sheet. */
  map.openProjection = function (given) {
    map.projection = kinds[given.kind](given);
    map.projection.isPlan = given.kind === "plan";
  };

  /** Metres between two places on the sphere of the mean radius (haversine). */
  map.distance = function (lng1, lat1, lng2, lat2) {
    const up = Math.sin((lat2 - lat1) * degree / 2);
    const along = Math.sin((lng2 - lng1) * degree / 2);
    const part = up * up + Math.cos(lat1 * degree) * Math.cos(lat2 * degree) * along * along;
    return 2 * mean * Math.asin(Math.min(1, Math.sqrt(part)));
  };

  /** A distance in words: 350 米, 1.2 公里, 12 公里. */
  map.distanceInWords = function (metres) {
    if (metres < 995) return Math.max(10, Math.round(metres / 10) * 10) + " 米";
    return (metres < 99500 ? (metres / 1000).toFixed(1) : String(Math.round(metres / 1000))) + " 公里";
  };
})();
