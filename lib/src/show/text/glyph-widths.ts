// Made by make_glyph_widths.py from DejaVu Sans; not written by hand.
// Per block: the first code point, then two base-36 digits per character, thousandths of the font size.

export const regularWidths: readonly (readonly [number, string])[] = [
  [
    32,
    "8ub5csnahpqflo7navavdwna8ua18u9dhphphphphphphphphphp9d9dnananaerrsj1j3jflfhkg0ljkw8787i8finzktlwgslw" +
      "jbhngzkcj1rhj2gzj2av9davnadwdwh1hnfahnh49thnhm7q7qg47qr3hmh0hnhnbgehaxhmggmqggggelhp9dhpnarsrsrsrsrs" +
      "rsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrs8ub5hphphphp9ddwdwrsd4h0naa1rsdwdwnab5b5dwhp" +
      "hp8udwb5d4h0qyqyqyerj1j1j1j1j1j1r3jfhkhkhkhk87878787ljktlwlwlwlwlwnalwkckckckcgzgthih1h1h1h1h1h1rafa" +
      "h4h4h4h47q7q7q7qh0hmh0h0h0h0h0nah0hmhmhmhmgghnggj1h1j1h1j1h1jffajffajffajffalfhnljhnhkh4hkh4hkh4hkh4" +
      "hkh4ljhnljhnljhnljhnkwhmphjb877q877q877q877q877qgefg877qi8g4g4fi7qfi7qfiaffi9ifn7xkthmkthmkthmmmkthm" +
      "lwh0lwh0lwh0tqsfjbbgjbbgjbbghnehhnehhnehhnehgzaxgzaxgzaxkchmkchmkchmkchmkchmkchmrhmqgzgggzj2elj2elj2" +
      "el9thnkfj3hnj3hnjkjffaljmrj3hnh0hklwh3g09tljj3rc9u87kqg47qggr3kthmlwpeh0qdl4i4hnjbhnehhk9caxgzaxgznu" +
      "hml9k1kokbj2elijijg2elhpijg2e7hn87dpcr88zzzzw3n8lvcppwpom6j1h1877qlwh0kchmkchmkchmkchmkchmh4j1h1j1h1" +
      "r3raljhnljhni8g4lwh0lwh0ijg27qzzzzw3ljhnuxizkthmj1h1r3ralwh0j1h1j1h1hkh4hkh4877q877qlwh0lwh0jbbgjbbg" +
      "kchmkchmhnehgzaxhfeikwhmkgnajfgzj2elj1h1hkh4lwh0lwh0lwh0lwh0gzggd7nfda7qrrrrj1jffafigzehelgsdcj3kcj1" +
      "hkh4877qlqhnjbbggzgg",
  ],
  [
    880,
    "i7fsnyi07r7rkti2rsrsdwfafafa9d87rsrsrsrsdwdwj98ukro8bdrsmlrsmxmy9fj1j3fij1hkj2kwlw87i8j1nzkthklwkwgs" +
      "rshkgzgzlwj2lwl987gzicf1hm9fg3ichrggh0f1f4hmh09fgegghpfjfih0grhngbhmgrg3icg2icna9fg3h0g3nai8h3h8jfnf" +
      "jficnaiglwh0i1gbg0cricico2hgpynal3icm0h3j3gvlchdjgh0gzexighnfa7qlwh4h4gthnjfnzi3hnjkjfjkhkhklvgyjfhn" +
      "878787uet1lvjqktgykwj1j3j3gylqhktyhuktktjqkwnzkwlwkwgsjfgzgynxj2llj2tquen5ojj3jfu0jbh1h5geemj8h4p1es" +
      "i2i2gthskzi6h0i6hnfag7ggnrggixgfpgq6jnlygef9negqh4h4hdemf9eh7q7q7qp3ozi4gti2ggi6pynalfioq7kuoglsw8ru" +
      "lwh0sjmxhpf1ntodlwh0lqiilqiirlp5qil3wsskpynajffadz0000000000bmbmlhitj3gegshngyemirgfhdeqtyp1huesjqgt" +
      "jqgtjqgtntn4kwids7odu2pgoej9jffagzg7gzgggzggj2ggpzmfj2gfj2gfj2hmq5k9q5k987typ1i8gtlkinkwidllixj2gfoo" +
      "lj7qj1h1j1h1r3rahkh4lwh4lwh4typ1huesijg2kti2kti2lwh0lwh0lwh0jff9gygggygggyggj2gfgyemojlyirgfj2ggj2gg",
  ],
  [
    7680,
    "j1h1j3hnj3hnj3hnjffalfhnlfhnlfhnlfhnlfhnhkh4hkh4hkh4hkh4hkh4g09tljhnkwhmkwhmkwhmkwhmkwhm877q877qi8g4" +
      "i8g4i8g4fi80fi80fi7qfi7qnzr3nzr3nzr3kthmkthmkthmkthmlwh0lwh0lwh0lwh0gshngshnjbbgjbbgjbbgjbbghnehhneh" +
      "hnehhnehhnehgzaxgzaxgzaxgzaxkchmkchmkchmkchmkchmj1ggj1ggrhmqrhmqrhmqrhmqrhmqj2ggj2gggzggj2elj2elj2el" +
      "hmaxmqggh19t9t9tldh0j1h1j1h1j1h1j1h1j1h1j1h1j1h1j1h1j1h1j1h1j1h1j1h1hkh4hkh4hkh4hkh4hkh4hkh4hkh4hkh4" +
      "877q877qlwh0lwh0lwh0lwh0lwh0lwh0lwh0peh0peh0peh0peh0peh0kchmkchmnuhmnuhmnuhmnuhmnuhmgzgggzgggzgggzgg" +
      "ledarsrsrsrs",
  ],
  [
    8192,
    "dwrsdwrs966y4nhp8u5k2s0000000000a1a1hpdwrsrsdwdw8u8u8u8uefefefefdwdwgege9bikrs8u000000000000005kzzzz" +
      "6caeeh6caeeh9fb4b4nadierdwmcmc6yrsdw4navavpmkdkdduhpdwdwdw9dmcdwcirsmcnagaignana8um6na8u8u6700000000" +
      "00rsrsrsrsrs000000000000",
  ],
  [8352, "odhphphphpr3hpzdturhlthphphphpzdhphphphplihprsrshphphprsrshprsrs"],
  [
    8592,
    "nananananananananananananananananananananananananananananananananananananananananananananananananana" +
      "nananananananananananananananananananananananananananananananananananananananananananananananananana" +
      "nanananananananananananaj1hpeehkhko8ililo8o8jyo8o8jyhpl1l1iqnanana9dhpnahehehqhqhqjvn6naoxoxnadwdwdw" +
      "dwkckckckcehlyteehlyteehehehhphp79hpnanananananananaafnanananananananananananananananananbnbrsrsnana" +
      "nanananananananananananananananananat3t3cwnanananananananananananananananananananananananananananana" +
      "nanakckckcnanananalplpnananananananananananananao8o8o8o8eheho8o8o8o8o8o8o8o8nanananananarsrsnanaehkc" +
      "kckcnanamtmtmtmthe8uhenarsrsrsrsrsnakdkdnanananananananazzzznananananananananananananananananananana" +
      "rsrsrsrsrso8jyo8o8jyo8o8rso8jyo8jyo8",
  ],
  [
    9632,
    "q9q9q9q9q9q9q9q9q9q9iuiuq9q9fbfbleleleledydyleledydyleleleledydyleledydyleleleleleo9dro9o9o9o9o9o9o9" +
      "o9o9o9o9enenm0qzqzqzasasasaso9o9lelelelegeq9q9q9q9q9lelelev4q9q9q9q9o9o9o9o9lelelen3n3kdkdleoxrsoxox" +
      "oxoxoxfxowoxopopios5ymyroxoxoxetoxoxoxoxoxoxoxoxoxgxoxgxoxoxoxoxilkri2lsf5oxoxoxjroxoxoxoxoxoxoxoxox" +
      "oxoxoxszszszoxoxoxh2kdkdoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxox" +
      "oxd4hroxoxd49ydgktlaoxoxoxoxoxoxoxoxoxoxoxoxoxoxo6o6o6o6o6o6oxoxoxoxoxoxoxoxoxoxoxoxoxoxoxf2oxoxoxox" +
      "oxoxoxrsoxoxoxjjrxuawnp3nanananananananananangnakdkdkdkdnmkdkdrsrsrsrsrsrsrsnanananarsrsrsrsrsrsrsrs" +
      "rsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrskdrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrs" +
      "rsrs",
  ],
];

export const boldWidths: readonly (readonly [number, string])[] = [
  [
    32,
    "9pcpehnajcruo98jcqcqejnaakbkaka6jcjcjcjcjcjcjcjcjcjcb4b4nananag5rslil7ken3j0j0mtn9adadljhqron9nnkdnn" +
      "lfk1izmlliuolfk5k6cqa6cqnadwdwirjwghjwivc4jwjs9j9jii9jsyjsj4jwjwdqgkdbjsi4pohyi4g7jsa6jsnarsrsrsrsrs" +
      "rsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrs9pcpjcjchpjca6dwdwrsfohynabkrsdwdwnac6c6dwkg" +
      "hpakdwc6fohyssssssg5lilililililiu5kej0j0j0j0adadadadnan9nnnnnnnnnnnannmlmlmlmlk5kik0iriririririrt4gh" +
      "iviviviv9j9j9j9jj4jsj4j4j4j4j4naj4jsjsjsjsi4jwi4liirliirliirkeghkeghkeghkeghn3jwnajwj0ivj0ivj0ivj0iv" +
      "j0ivmtjwmtjwmtjwmtjwn9jsr2lzad9jad9jad9jad9jad9jkpj2ad9jljiiiihq9jhq9jhqdchqfhhvacn9jsn9jsn9jsrbn9js" +
      "nnj4nnj4nnj4wfuflfdqlfdqlfdqk1gkk1gkk1gkk1gkizdbizdbizdbmljsmljsmljsmljsmljsmljsuopok5i4k5k6g7k6g7k6" +
      "g7c4jwmkl7jwl7jwkekeghnaofl1jwj4j0nmjcj0c4mtm1t1c4auljiia1ggsyn9jsnnoaj4u3pdlqjwlfk1gkj0fcdbjndbizn8" +
      "jsnnmmm6lnk6g7lhlhhtg7jclhhtfxjwadibf4adzzzzzzs2r8j2xlwstbliirad9jnnj4mljsmljsmljsmljsmljsivliirliir" +
      "u5t4mtjwmtjwljiinnj4nnj4lhg79jzzzzzzmtjwztlwn9jsliiru5t4nnj4liirliirj0ivj0ivad9jad9jnnj4nnj4lfdqlfdq" +
      "mljsmljsk1gkizdbj7gwn9jsn9o1miibk6g7liirj0ivnnj4nnj4nnj4nnj4k5i4doo3e89ju8u8likeghhqizgkg7lqh3l7mlli" +
      "j0ivad9jnxm0lfdqk5i4",
  ],
  [
    880,
    "jefpsen88e8en9jhrsrsdwghfafab4adrsrsrsrscadwm6aknis1forsorrsr8ovaulil7hqlij0k6n9nnadljliron9hknnn9kd" +
      "rsj0izk5nnlfnmnnadk5j4fhjsauisj4jwiyj4fhgfjsj4aujrhlkgiygfj4m0jwghlnhrislrhym2o6auisj4iso6lji3idkrra" +
      "krm5o6konnj4keghj0dqjjicpjhfudnan5jwpskokei3lxinkwjwizgekojwgh9jnnhxhxkijwkerokcjwjfkejfj0j0ofhqkek1" +
      "adadadw3veofmqn9lfn9lil7l7hqorj0y1jrn9n9mqn3ron9nnn9kdkeizlfrklfpsmhyczzq4stl7kewmlfirjfhlejmgivrog6" +
      "jhjhivkdmqj7j4j7jwghg4i4rlhykmj3tjuqkwp5hlghr1hvivivjuejghgk9j9j9jrkqlkfivjhi4j7udo6ndkgs5ncrln5zzv6" +
      "nnj4ycs0jcfhtvtinnj4nnjcnnjcvxt0tvnzzzwludo6keghi50000000000bmbmqmmfl7h0kdjwhqejiif3mhily1rojrg6ljiv" +
      "mqivmqivs8mzqlmgunobzesaqgnukeghizg4k5i4k5i4lfhyuxrtmhj3mhj3mhjssjmisjmiady1roljhiqfmen9j7qmmfmhj3uz" +
      "px9jliirliiru5t4j0ivnmivnmivy1rojrg6lhhtn9jhn9jhnnj4nnj4nnj4keghlfi4lfi4lfi4mhj3hqejstp5iif3lfhylfhy",
  ],
  [
    7680,
    "liirl7jwl7jwl7jwkeghn3jwn3jwn3jwn3jwn3jwj0ivj0ivj0ivj0ivj0ivj0c4mtjwn9jsn9jsn9jsn9jsn9jsad9jad9jljii" +
      "ljiiljiihq9jhq9jhq9jhq9jrosyrosyrosyn9jsn9jsn9jsn9jsnnj4nnj4nnj4nnj4kdjwkdjwlfdqlfdqlfdqlfdqk1gkk1gk" +
      "k1gkk1gkk1gkizdbizdbizdbizdbmljsmljsmljsmljsmljslii4lii4uopouopouopouopouopolfhylfhyk5i4k6g7k6g7k6g7" +
      "jsdbpoi4irc4c4c4owj4liirliirliirliirliirliirliirliirliirliirliirliirj0ivj0ivj0ivj0ivj0ivj0ivj0ivj0iv" +
      "ad9jad9jnnj4nnj4nnj4nnj4nnj4nnj4nnj4oaj4oaj4oaj4oaj4oaj4mljsmljsn8jsn8jsn8jsn8jsn8jsk5i4k5i4k5i4k5i4" +
      "qhhwrsrsrsrs",
  ],
  [
    8192,
    "dwrsdwrs966y4njcak5k2s0000000000bkbkjcdwrsrsdwdwakakakakiaiaiaiadwdwhshs9aijrs9p000000000000005kzzzz" +
      "7ccfhi7ccfhikdbhbhr1hfg5dwn1n196sfdw4ncqcqsnn1n1eahpdwdwejb4n1ejfhrsn1naj0mlnanaako8naakak6700000000" +
      "00rsrsrsrsrs000000000000",
  ],
  [8352, "pujcjcjcjcsyjczzxhuop5jcjcjcjczzjcjcjcjcnwjcrsrsjcjcjcrsrsjcrsrs"],
  [
    8592,
    "nananananananananananananananananananananananananananananananananananananananananananananananananana" +
      "nananananananananananananananananananananananananananananananananananananananananananananananananana" +
      "nanananananananananananalijcf4j0j0ntjdjdoxoxkuoxoxkuhplwlwjynanajca6jcnaheakijijijjsn6naoxoxnadwdwdw" +
      "dwmlmlmlmlgyptzzfnr5zzfnfnfnjcjc86jcnanananananananaafnananananananananananananananananananatjtjnana" +
      "nanananananananananananananananandndt3t3dwnanananananananananananananananananananananananananananana" +
      "nanamlmlmlnanananam4m4nananananananananananananapfpfpfpff3f3pfpfpfpfpfpfpfpfnanananananarsrsnanaf3ml" +
      "mlmlnananfnfnfnfheakhenarsrsrsrsrsnamkmknanananananananazzzznananananananananananananananananananana" +
      "rsrsrsrsw6oxkuoxoxkuoxoxw6oxkuoxkuox",
  ],
  [
    9632,
    "q9q9q9q9q9q9q9q9q9q9iuiuq9q9fbfbleleleledydyleledydyleleleledydyleledydyleleleleleo9dro9o9o9o9o9o9o9" +
      "o9o9o9o9enenndqzqzqzasasasaslelelelelelehsq9q9q9q9q9lelelev4q9q9q9q9o9o9o9o9lelelen3n3kdkdleoxrsoxox" +
      "oxoxoxfxowoxopopios5ymyroxoxoxetoxoxoxoxoxoxoxoxoxgxoxgxoxoxoxoxilkri2lsf5oxoxoxjroxoxoxoxoxoxoxoxox" +
      "oxoxoxszszszoxoxoxh2kdkdoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxox" +
      "oxd4hroxoxd49ydgktlaoxoxoxoxoxoxoxoxoxoxoxoxoxoxo6o6o6o6o6o6oxoxoxoxoxoxoxoxoxoxoxoxoxoxoxf2oxoxoxox" +
      "oxoxoxrsoxoxoxjjrxuawnp3nanananananananananangnakdkdkdkdnmkdkdrsrsrsrsrsrsrsnanananarsrsrsrsrsrsrsrs" +
      "rsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrskdrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrsrs" +
      "rsrs",
  ],
];
