"""Words that the worlds are made of. Names are not here: see ``names.py``."""

TRADES = """
baker cooper smith weaver miller fisher shepherd carpenter tanner potter dyer fletcher mason thatcher
chandler glazier saddler tailor hatter brewer vintner butcher grocer ferryman pilot sailor netmaker
rope-maker sailmaker shipwright clockmaker locksmith tinker goldsmith engraver printer bookbinder scribe
clerk notary judge bailiff constable watchman lamplighter gatekeeper warden ranger forester hunter
beekeeper gardener orchardist ploughman reaper drover carter coachman groom farrier wheelwright
charcoal-burner quarryman miner salter soap-maker candle-maker paper-maker perfumer apothecary surgeon
midwife herbalist dentist teacher tutor librarian mapmaker surveyor astronomer painter sculptor
woodcarver lacemaker spinner embroiderer glover shoemaker cobbler barber cook innkeeper porter
messenger courier juggler piper drummer singer actor puppeteer poet storyteller cheesemonger dairyman
swineherd gooseherd falconer trapper diver pearl-fisher bell-founder organ-builder toymaker knife-grinder
""".split()

PLACE_KINDS = """
village town hamlet harbour port market-town fishing-village mill-town mining-town farmstead monastery
fortress island-village river-town hill-town border-post crossroads-town spa-town abbey shipyard-town
""".split()

ROOMS = """
mill inn chapel granary boathouse smithy schoolhouse bakery stable cellar library orchard well-house
tower market-hall dairy brewery toll-house tannery watch-house bell-tower customs-house workshop
greenhouse attic courtyard kitchen guard-room laundry observatory dovecote ice-house salt-store pantry
archive counting-house ropewalk warehouse bath-house lighthouse barn crypt armoury hayloft
""".split()

FEATURES = """
apples|bells|blue roofs|white cliffs|strong cider|long winters|stone bridges|fine lace|wild horses
quiet monks|honest scales|deep wells|loud frogs|red tiles|sour cherries|smoked eels|tall chimneys
old libraries|singing schools|narrow stairs|salt pans|fat geese|grey cats|clever locksmiths|warm springs
kite races|paper lanterns|barley cakes|crooked streets|slow ferries|bitter tea|wool fairs|glass beads
black sheep|morning fogs|copper mines|chess players|stubborn mules|summer storms|rose gardens
clay pipes|harvest dances|windmills|pearl divers|rope bridges|bad roads|good bread|bold thieves
""".replace("\n", "|").strip("|").split("|")

OBJECT_ADJECTIVES = """
brass copper silver iron wooden leather paper glass ivory stone clay velvet golden painted rusty broken
heavy little long narrow round square old new green blue red white black yellow grey striped carved
folded sealed polished cracked hollow bent double plain borrowed stolen forgotten singing foreign
embroidered lacquered enamelled tarnished crooked dusty perfumed gilded patched speckled
""".split()

OBJECT_NOUNS = """
lantern key chest box ladder map compass flute drum kettle basket rope anchor bell clock mirror
hammer saw chisel needle thimble cloak hat boot glove belt ring crown necklace bracelet brooch coin
purse ledger letter book scroll candle lamp bottle jug bowl plate spoon knife fork cup barrel bucket
net hook oar sail flag shield sword dagger bow arrow saddle bridle whistle horn fiddle harp telescope
globe scale weight hourglass sundial umbrella cane pillow blanket carpet curtain chair stool table
cradle cage trap wheel plough rake spade sickle shears comb brush soap-dish inkpot quill seal stamp
mask doll kite top puppet chessboard die card domino spinning-wheel loom bellows anvil tongs crucible
""".split()

ANIMALS = """
heron cat dog goat raven owl hare fox goose duck hen cock pony mule donkey ox cow calf lamb ram pig
parrot magpie jackdaw finch lark linnet canary falcon hawk pigeon crane stork swan tortoise hedgehog
badger otter weasel ferret squirrel mouse rat monkey lizard newt frog toad carp
""".split()

DISHES = """
barley soup|plum dumplings|smoked eel|honey cake|onion pie|roast goose|lentil stew|rye bread|goat cheese
pickled herring|apple fritters|mushroom broth|pea porridge|walnut bread|fried trout|cabbage rolls
cherry tart|boiled ham|leek pancakes|oat biscuits|duck with quinces|pepper stew|bean salad|fig jam
potato cakes|ginger bread|egg noodles|chestnut cream|turnip mash|salted cod|saffron rice|pear pudding
mutton pie|spinach dumplings|garlic toast|almond milk|crab soup|beet salad|poppy rolls|quail eggs
nettle soup|marrow bones|buttered carrots|sour milk|sesame bread|stuffed peppers|cold tongue|raisin buns
""".replace("\n", "|").strip("|").split("|")

INSTRUMENTS = """
flute fiddle harp drum lute horn bagpipe trumpet cello organ oboe whistle cymbal guitar zither viola
tambourine accordion mandolin dulcimer hurdy-gurdy clarinet bassoon recorder xylophone bugle
""".split()

COLOURS = """
red blue green yellow white black grey brown purple orange scarlet crimson violet golden silver
rust-coloured cream-coloured sea-green sky-blue moss-green wine-red ash-grey copper-red snow-white
""".split()

GOODS = """
sacks of oats|sacks of barley|sacks of rye|sacks of flour|barrels of salt|barrels of beer|bales of wool
bundles of flax|bundles of hemp|coils of rope|jars of pepper|jars of honey|candles|nails|apples|pears
plums|walnuts|onions|turnips|cabbages|eggs|cheeses|herrings|eels|hides|furs|tiles|bricks|planks|jugs
bowls|needles|ribbons|buttons|lanterns|kettles|blankets|pairs of boots|hats|pairs of gloves|baskets
brooms|bottles|casks|hams|loaves|spoons|cups|combs
""".replace("\n", "|").strip("|").split("|")

NOUNS = """
lantern key chest box ladder map compass flute drum kettle basket rope anchor bell clock mirror
hammer saw chisel needle thimble cloak hat boot glove belt ring crown necklace bracelet brooch coin
purse ledger letter book scroll candle lamp bottle jug bowl plate spoon knife fork cup barrel bucket
net hook oar sail flag shield sword dagger bow arrow saddle bridle whistle horn fiddle harp telescope
globe scale weight hourglass sundial umbrella cane pillow blanket carpet curtain chair stool table
cradle cage trap wheel plough rake spade sickle shears comb brush soap-dish inkpot quill seal stamp
mask doll kite top puppet chessboard die card domino spinning-wheel loom bellows anvil tongs crucible
""".split()

ANIMALS = """
heron cat dog goat raven owl hare fox goose duck hen cock pony mule donkey ox cow calf lamb ram pig
parrot magpie jackdaw finch lark linnet canary falcon hawk pigeon crane stork swan tortoise hedgehog
badger otter weasel ferret squirrel mouse rat monkey lizard newt frog toad carp
""".split()

DISHES = """
barley soup|plum dumplings|smoked eel|honey cake|onion pie|roast goose|lentil stew|rye bread|goat cheese
pickled herring|apple fritters|mushroom broth|pea porridge|walnut bread|fried trout|cabbage rolls
cherry tart|boiled ham|leek pancakes|oat biscuits|duck with quinces|pepper stew|bean salad|fig jam
potato cakes|ginger bread|egg noodles|chestnut cream|turnip mash|salted cod|saffron rice|pear pudding
mutton pie|spinach dumplings|garlic toast|almond milk|crab soup|beet salad|poppy rolls|quail eggs
nettle soup|marrow bones|buttered carrots|sour milk|sesame bread|stuffed peppers|cold tongue|raisin buns
""".replace("\n", "|").strip("|").split("|")

INSTRUMENTS = """
flute fiddle harp drum lute horn bagpipe trumpet cello organ oboe whistle cymbal guitar zither viola
tambourine accordion mandolin dulcimer hurdy-gurdy clarinet bassoon recorder xylophone bugle
""".split()

COLOURS = """
red blue green yellow white black grey brown purple orange scarlet crimson violet golden silver
rust-coloured cream-coloured sea-green sky-blue moss-green wine-red ash-grey copper-red snow-white
""".split()

GOODS = """
oats barley wheat rye salt pepper wool flax hemp candles nails apples pears plums walnuts onions turnips
cabbages eggs cheeses herrings eels hides furs tiles bricks planks ropes jugs bowls needles ribbons
buttons lanterns kettles blankets boots hats gloves baskets brooms bottles casks sacks bundles
""".split()

NOUNS = """
river mountain forest meadow road bridge gate wall window door roof floor stair garden field stone tree
leaf branch root seed flower thorn berry wind rain snow frost ice fog cloud storm thunder sun moon star
night morning evening winter summer spring autumn harvest feast market war peace law promise secret
story song dance dream fear hope anger joy grief pride luck hunger thirst sleep work rest debt gift
price bargain king queen beggar thief stranger friend neighbour brother sister mother father child
widow orphan soldier monk pilgrim merchant traveller giant ghost saint fool horse wolf bear snake fish
bird spider bee ant worm feather bone tooth hand eye ear heart shadow voice name word silence bread
salt honey milk wine water oil fire smoke ash coal iron gold silver copper glass paper ink thread cloth
needle wheel mill boat ship sail oar island shore wave tide sand shell well bucket rope ladder key lock
""".split()

VERBS = """
find lose carry break mend hide steal sell buy follow lead forget remember teach learn feed chase
catch free bind open close fill empty burn cool wash paint count weigh measure cut sew spin bake boil
plant water pull push lift drop throw keep hold give take send bring read write sing hear see watch
trust doubt blame praise warn wake bury raise build guard cross climb
""".split()

ADVERBS = """
slowly quickly quietly loudly gladly sadly carefully badly gently firmly secretly openly twice often
rarely early late alone together again patiently proudly humbly calmly suddenly boldly shyly kindly
""".split()

MOODS = """
cheerful weary anxious curious silent angry hopeful proud ashamed calm restless sleepy hungry cold
thoughtful suspicious delighted puzzled stubborn polite merry gloomy patient impatient lonely
""".split()

MANNERS = """
with a smile|with a frown|without looking up|in a low voice|after a long silence|with great care
before anyone could answer|as if nothing had happened|with one hand on the door|through the open window
between two bites of bread|with a wink|rather sharply|almost in a whisper|from the top of the stairs
with a heavy sigh|over the noise of the rain|while counting coins|in front of everyone|for the third time
""".replace("\n", "|").strip("|").split("|")

WEATHER = """
It had rained all night|The fog lay thick on the road|A dry wind blew from the east|The frost had come early
The sun stood low over the roofs|It was the hottest day of the year|Snow lay on every window-sill
The river was high and brown|A thin moon hung over the hills|The morning smelled of hay|Thunder rolled far away
Nobody could remember such a mild winter|The first swallows had come back|The streets were full of puddles
It was market day|It was the eve of the harvest feast|The bells rang for the noon meal|Clouds of dust rose from the road
The lamps were already lit|The tide was going out|The whole town smelled of smoke|A cold drizzle was falling
""".replace("\n", "|").strip("|").split("|")

TIMES = """
In the morning|At noon|Towards evening|At midnight|The next day|Two days later|A week later|Before dawn
After supper|On the first day of spring|On market day|When the rain had stopped|Not long afterwards
Late in the year|On the way home|That same hour|Before the bells rang|As soon as the gate was open
In the dead of night|During the feast|While the others slept|Some time later|On the last day of the month
""".replace("\n", "|").strip("|").split("|")

REASONS = """
because the roof leaked|because a promise is a promise|to be rid of it|out of pure kindness|to settle an old debt
because nobody else would|for safety|on the advice of a friend|because of the cold|by mistake|for a wager
to please the neighbours|because the thieves were near|to make room|in great haste|for the winter
because the judge had said so|without telling anyone|as a joke|after much thought
""".replace("\n", "|").strip("|").split("|")
