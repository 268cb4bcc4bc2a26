"""Names of people in eleven traditions, each written in the ways that the press writes them.

A name is drawn from the lists below (names in general use; no list of persons) in the script or the
scholarly transcription of its language, and romanised by published systems:

- Russian and Ukrainian: BGN/PCGN 1947 and 2019, ISO 9 without marks, the German-style `j`
  (Duden), and what passports use (ICAO Doc 9303)
- Arabic: ALA-LC without marks, the French colonial spelling of the Maghreb (`ou`, `ch`, `dj`), and
  the English of newspapers (`ee`, `oo`, e for a)
- Persian, Pashto, Urdu: BGN/PCGN 1958 and 2007, and the looser English of newspapers
- Chinese: Hanyu Pinyin (ISO 7098) and Wade-Giles, either end first
- Korean: Revised Romanization (2000) and McCune-Reischauer without marks; family names as
  customary
- Turkish, Indian, African, Spanish: what falls away without a language's letters, and doublets
  such as `Chaudhary` and `Chowdhury`
- English: middle names, initials, pet names

Nothing here is read by the rules that are measured.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

# ------------------------------------------------------------------------------- lists

ENGLISH = (
    "James William Robert Thomas Edward Richard Daniel Michael Christopher Andrew Benjamin "
    "Samuel Timothy Anthony Gregory Elizabeth Margaret Katherine Susan Patricia Jennifer "
    "Deborah Rebecca Victoria Christine Laura Helen Alice Martha Rose Gordon Philip Kenneth "
    "Gerald Douglas Walter",
    "Whitcombe Harland Pemberton Ashdown Marlow Kerridge Tolliver Braithwaite Oakes Fenwick "
    "Lund Carmody Delaney Sherwood Baxter Coleman Murphy Ellison Thornton Reeves Hargreaves "
    "Mercer Walsh Brennan Stanhope Kirby Lockhart Osborne Pritchard Quayle Ridley Sutcliffe "
    "Tennant Underhill Vickers Wetherby Yardley Abbott Bramley Cartwright Davenport Eastman "
    "Farrow Goodwin Hathaway Ingram Jessop Kemble Aldridge Blackwood Copeland Dunmore Eldridge "
    "Fairbanks Granger Holloway Ivers Jarvis Kingsley Langford Merriman Norwood Ormond Paxton "
    "Quinlan Ramsay Saunders Thackeray Upton Venables Wainwright Atherton Beckford Crosby "
    "Dalton Ellsworth Fairfax Garrick Hartley Isham Jernigan Keating Lanyon Maitland Northcott "
    "Ogilvie Penrose Radcliffe Stafford Trevelyan Winslow Barlow Chadwick Dempsey Forsyth "
    "Gilchrist",
)
PET_NAMES = {
    "James": "Jim", "William": "Bill", "Robert": "Bob", "Thomas": "Tom", "Edward": "Ted",
    "Richard": "Dick", "Daniel": "Dan", "Michael": "Mike", "Christopher": "Chris",
    "Andrew": "Andy", "Benjamin": "Ben", "Samuel": "Sam", "Timothy": "Tim", "Anthony": "Tony",
    "Gregory": "Greg", "Elizabeth": "Liz", "Margaret": "Peggy", "Katherine": "Kate",
    "Susan": "Sue", "Patricia": "Pat", "Jennifer": "Jenny", "Deborah": "Debbie",
    "Rebecca": "Becky", "Victoria": "Vicky", "Christine": "Chris", "Kenneth": "Ken",
    "Gerald": "Gerry", "Douglas": "Doug", "Philip": "Phil",
}  # fmt: skip
SPANISH = (
    "José Luis María Carlos Ana Jorge Lucía Andrés Sofía Martín Inés Julián Óscar Raúl Verónica "
    "Héctor Mónica Ángel Ramón Tomás Álvaro Beatriz Germán Nicolás Matías Adrián Ximena Íñigo",
    "Álvarez Benítez Cárdenas Domínguez Echeverría Fernández González Hernández Ibáñez Jiménez "
    "Lozano Méndez Núñez Ordóñez Peña Quiñones Ramírez Sánchez Téllez Urrutia Vázquez Zúñiga "
    "Gutiérrez Bermúdez Cortés Galván Muñoz Pacheco Rosales Valdés Arriaga Bolaños Cisneros "
    "Duarte Escobar Figueroa Gaitán Herrera Izquierdo Jaramillo Abascal Barrios Carvajal "
    "Delgado Espinoza Fajardo Galindo Henao Ibarra Juárez Larrañaga Maldonado Navarrete "
    "Olivares Palacios Quintero Restrepo Salcedo Trujillo Uribe Velázquez Yáñez Zambrano Ayala "
    "Bustamante Cabrera Dávila Esquivel Fuentes Guzmán Huerta Ledesma Montoya Orozco Paredes "
    "Robledo Sandoval Tejada Villalobos Zapata",
)
RUSSIAN = (
    "Сергей Дмитрий Алексей Евгений Андрей Николай Юрий Михаил Фёдор Анатолий Василий Григорий "
    "Виталий Геннадий Аркадий Юлия Наталья Татьяна Елена Ксения Анастасия Валерий Игорь Пётр",
    "Соловьёв Кузнецов Жуков Щербаков Чернышёв Мельников Зайцев Хохлов Воробьёв Яковлев Цветков "
    "Ершов Шестаков Быстров Лыков Ефремов Юдин Грачёв Журавлёв Хрущёв Толмачёв Дьяков Ильин "
    "Заболоцкий Вишневский Островский Полянский Раевский Бережной Яшин Щукин Цыганов Евдокимов "
    "Жаров Чижов Харитонов Ульянов Фёдоров Андреев Сергеев Абрамов Белоусов Виноградов Горбунов "
    "Давыдов Егоров Жилин Завьялов Исаев Калашников Лебедев Морозов Некрасов Орехов Панфилов "
    "Рыбаков Савельев Тихонов Уваров Филиппов Хабаров Цветаев Чернов Шаповалов Щеглов Юрьев "
    "Ямщиков Долгорукий Черниховский Маяковский",
)
UKRAINIAN = (
    "Олександр Сергій Андрій Дмитро Юрій Микола Василь Олексій Ігор Віталій Євген Тарас Ярослав "
    "Наталія Олена Оксана Юлія Тетяна Ганна Ірина Любов Богдан Михайло Григорій",
    "Шевченко Коваленко Бондаренко Ткаченко Кравченко Олійник Лисенко Гончаренко Яременко "
    "Хоменко Зеленський Вишневецький Полтавський Черненко Щербак Жук Євтушенко Їжаченко Юрченко "
    "Гнатюк Ковальчук Поліщук Мельничук Савчук Захарчук Яцюк Руденко Клименко Харченко Цимбалюк "
    "Антоненко Білик Василенко Герасименко Дорошенко Єременко Желізняк Задорожний Іваненко "
    "Костенко Левченко Марченко Назаренко Онищенко Павленко Романюк Степаненко Тимошенко "
    "Федоренко Чорновіл Шульга Якименко Демчук Климчук Семенюк Гриценко Барановський "
    "Сосновський",
)
ARABIC = (
    "muḥammad aḥmad ḥusayn ḥasan khālid yūsuf ibrāhīm sulaymān ʿumar ʿuthmān ṭāriq walīd jamāl "
    "nāṣir saʿīd rashīd karīm fayṣal manṣūr maḥmūd muṣṭafā ʿabd_allāh ʿabd_al-raḥmān laylā "
    "zaynab fāṭima khadīja nūr ṣalāḥ_al-dīn",
    "al-ḥarbī al-qaḥṭānī al-maṣrī al-khūrī al-ḥakīm al-rubayʿī al-shammarī al-tamīmī al-jubūrī "
    "al-zaydī al-ʿubaydī al-hāshimī al-baghdādī al-sūdānī al-maghribī būzīd bin_ṣāliḥ ḥaddād "
    "qāsim shahīn mubārak ṭanṭāwī zaghlūl najīb farūq ʿāshūr badawī darwīsh ghānim ḥijāzī jābir "
    "kāmil luṭfī mursī nuʿaymī qabbānī rajab sharīf ṭāhir wahbī yāsīn zakī al-ʿaṭṭār al-bannā "
    "al-dūrī al-fāsī al-ghāmidī al-ḥalabī al-jazāʾirī al-kaʿbī al-lāmī al-mālikī al-najjār al- "
    "qāḍī al-rāwī al-sāmarrāʾī al-ṭāʾī al-ʿutaybī al-yamanī al-zahrānī bin_ʿāshūr bin_nāṣir "
    "dāwūd fāris ghazālī ḥamdān khalīl madanī rizq salāma tawfīq wāṣil",
)
PERSIAN = (
    "Moḥammad Aḥmad Ḥoseyn Ḥasan ʿAlī-Reẓā Maḥmūd Mahdī Moṣṭafā Ebrāhīm Saʿīd Javād Nāder "
    "Bahrām Khosrow Siyāvash Jahāngīr Ḥamīd Rashīd Farīdūn Shahrām Zahrā Leylā Maryam Shīrīn "
    "Gholām Najībollāh ʿAbdollāh Ḥekmat",
    "Pezhmānī Dehqān Karīmīān Raḥīmīān Moṭahharī Ṣāleḥī Ghaffārī Qāsemī Ḥaqqānī Yūsofzay "
    "Akhūndzāda Stānekzay Maḥmūdī Ḥosseynī Taqīpūr Mīrzāʾī Khorāsānī Esfahānī Shīrāzī Tabrīzī "
    "Kermānī Golpāyegānī Nūrī Jalālī Vaḥīdī Zamānī Rostamī Bahrāmī Farrokhī Ṭāherī Kāẓemī "
    "Sharīfī Mowlavī Ṣamadzāda Ormarkhēl Durrānī Afghānpūr Qezelbāsh Nāṣerī Eḥsānī Akbarpūr "
    "Bāqerī Chamrānī Dāvūdī Eslāmī Fāṭemī Ganjavī Hāshemīān Jahānpūr Khalīlzāda Lārījānī "
    "Mozaffarī Nāderpūr Pahlavānī Qorbānī Rezāzāda Salīmī Tavakkolī ʿAbbāsīān Yazdānī Zāhedī "
    "Shinwārī Wardakī Noorzay Popalzay Achakzay Barakzay Mangal Zadrān Sāberī",
)
CHINESE = (
    "ze xiao jian zhi ying jing zhao qi shu xue guang bo de zi ke rong ding tian pei chun yu he "
    "mei jia zong can xin hong wen yong",
    "dong ping guo qiang wen yi hui chen fen qin biao xiong hua yang jian ji cai sheng zhen ling "
    "hao ren yun long feng jun ming lei tao bin",
    "Zhang Zhao Zhou Zheng Jiang Jin Qian Qiu Xie Xu Xiao Cai Cao Deng Ding Dong Gao Guo Bai Peng "
    "Pan Tang Tian Song Shen Wang Huang Lin Yang Kong",
)
KOREAN = (
    "jae geun myeong jeong seong yeong dae hyeon ji min su eun tae gyeong gi sang dong chang cheol "
    "byeong jun mi seok",
    "in hye bak hun min sam jung jun jin gyeong suk mun geon ho su pyo ja yeol seop hwan guk sik",
    "Kim Lee Park Choi Jung Kang Cho Yoon Lim Han Shin Seo Kwon Hwang Ahn Song Ryu Baek Moon Bae",
)
TURKISH = (
    "Çağlar Şükrü Gülşen İbrahim Işıl Oğuz Özgür Ümit Yiğit Ayşe Tuğba Çetin Serdar Ömer Doğan "
    "Kılıç Zeynep Barış Görkem Nazlı",
    "Yıldırım Çelik Şahin Öztürk Aydın Kılıç Doğan Güneş Özdemir Bozdağ Çavuşoğlu Erdoğdu Işık "
    "Karataş Köksal Şimşek Taşkın Ünal Yılmaz Özkan Gökçe Başaran Tunç Akşener Bülbül Ağaoğlu "
    "Akdemir Akdağ Aktürk Akbulut Akkan Karademir Karadağ Karatürk Karabulut Karakan Özdemir "
    "Özdağ Öztürk Özbulut Özkan Gökdemir Gökdağ Göktürk Gökbulut Gökkan Bozdemir Bozdağ Boztürk "
    "Bozbulut Bozkan Yıldemir Yıldağ Yıltürk Yılbulut Yılkan Erdemir Erdağ Ertürk Erbulut Erkan "
    "Aydemir Aydağ Aytürk Aybulut Aykan Gündemir Gündağ Güntürk Günbulut Günkan Çeldemir Çeldağ "
    "Çeltürk Çelbulut Çelkan Şendemir Şendağ Şentürk Şenbulut Şenkan Ündemir Ündağ Üntürk "
    "Ünbulut Ünkan Baydemir Baydağ Baytürk Baybulut Baykan Sarıdemir Sarıdağ Sarıtürk Sarıbulut "
    "Sarıkan Altdemir Altdağ Alttürk Altbulut Altkan Uzdemir Uzdağ Uztürk Uzbulut Uzkan "
    "Kordemir Kordağ Kortürk Korbulut Korkan Tekdemir Tekdağ Tektürk Tekbulut Tekkan Durdemir "
    "Durdağ Durtürk Durbulut Durkan Söndemir Söndağ Söntürk Sönbulut Sönkan",
)
INDIAN = (
    "Lakshmi Vijay Vikram Suresh Dinesh Ashwin Shiv Deepak Sunita Anil Rajiv Sanjeev Meena "
    "Kirti Vishnu Aravind Kaveri Ganesh Jyoti Naveen Prakash Savitri Harish Bhavana",
    "Chaudhary Agarwal Mukherjee Banerjee Shrivastava Dwivedi Chaturvedi Iyer Swaminathan Reddy "
    "Vishwanath Venkatesh Saxena Mishra Bhattacharya Ganguli Deshmukh Kulkarni Wadhwa Rathod "
    "Vajpeyi Trivedi Varma Jaiswal Lakhani Bhardwaj Chowgule Devgan Waghmare Joshi Acharya "
    "Bhandari Chatterjee Dasgupta Ghosh Hegde Iyengar Jadhav Khandelwal Lahiri Mahajan Nambiar "
    "Oberoi Pillai Rajagopal Shetty Thakur Upadhyay Vaidya Yadav Zaveri Ahluwalia Bajwa Chauhan "
    "Dhawan Gaikwad Hooda Kashyap Luthra Mehrotra Narayanan Parekh Raghavan Sahni Talwar "
    "Venugopal Bhagwat Chandrasekhar Krishnamurthy Patwardhan Sivakumar Tendolkar",
)
AFRICAN = (
    "Oluwaṣeun Chukwuemeka Adébáyọ̀ Kwame Abébé Mamadou Ousmane Aïssatou Ibrahima Fatoumata "
    "Thabo Nomvula Wanjirũ Juma Tendai Chinedu Ngozi Yaw Sékou Cheikh Haile Musa",
    "Ọlátúnjí Okónjọ Adéyemí Nkrumah-Mensah Diarra Ouédraogo Coulibaly Traoré Keïta Sissoko "
    "Konaté Ndiaye Gueye Mbekele Dlaminí Zwane Kamau-Njoroge Mwangi Kiptanui Tesfaye "
    "Gebremariam Bekele Nyambura Chikwanda Moyo-Sibanda Adjovi Agbaje Eze-Okeke Danjuma Abubakr "
    "Achebe-Obi Boateng Cissé Dembélé Ekwueme Fofana Gachanja Hounkpatin Ikande Jallow Kabongo "
    "Lumumba-Kasongo Mutasa Ampofo-Addo Odhiambo Phiri Quaye Rwigema Sarr Tshabalala Umaru "
    "Wekesa Yeboah Zulu Akinwande Balogun Chukwu Diop Ezekwesili Faye Guèye Habyarimana "
    "Iheanacho Kaboré Lokossou Mahlangu Ncube Ogbonna Sawadogo Tuyisenge Wachira Asante Bangura "
    "Chiluba Desta Mengistu Owusu",
)


# ------------------------------------------------------------------------- romanisation

_LATIN_OF_RUSSIAN = "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch . y . e yu ya"
_LATIN_OF_UKRAINIAN = (
    "a b v h g d e ye zh z y i yi y k l m n o p r s t u f kh ts ch sh shch . yu ya"
)
_BGN_RUSSIAN = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюя",
        _LATIN_OF_RUSSIAN.split(),
        strict=True,
    )
) | {"ё": "yo"}
_UKRAINIAN = dict(
    zip(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
        _LATIN_OF_UKRAINIAN.split(),
        strict=True,
    )
)


def _plain(text: str) -> str:
    """Without marks: what is left where a system has no such letters."""
    text = text.translate(str.maketrans({"ı": "i", "ʿ": None, "ʾ": None, "ʼ": None}))
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _cyrillic(word: str, table: dict[str, str], rng: Random, *, system: int) -> str:
    """One word by BGN/PCGN (0), ICAO (1) or German-style `j` (2); signs fall away."""
    out = []
    for at, letter in enumerate(word.lower()):
        plain = table.get(letter, letter)
        if letter in "её" and table is _BGN_RUSSIAN:
            before = word.lower()[at - 1] if at else ""
            opens = not at or before in "аеёиоуыэюяйъь"
            plain = ("ye" if opens and system == 0 else "e") if letter == "е" else plain
            plain = plain if letter == "е" or system == 0 else "e"
        if system == 1:
            plain = {"ю": "iu", "я": "ia", "й": "i", "щ": "shch"}.get(letter, plain)
        if system == 2:
            plain = {"ю": "ju", "я": "ja", "й": "j"}.get(letter, plain)
        out.append(plain)
    roman = "".join(out).replace(".", "")
    for ending, forms in (("skiy", "sky skiy skii"), ("skyy", "sky skyi skyy"), ("iy", "i y iy")):
        if roman.endswith(ending):
            roman = roman.removesuffix(ending) + rng.choice(forms.split())
            break
    return roman.capitalize()


def _arabic(word: str, *, system: int) -> str:
    """One name by ALA-LC without marks (0), in newspapers' English (1) or Maghreb French (2)."""
    text = word.replace("_", " ")
    if text.endswith("ī"):
        text = text[:-1] + "i"
    if system == 1:
        text = _replaced(text, "ī ee|ū oo|ay ai|uḥ oh|ḥu ho|mad med|ʿu o|ʿ |l-dīn l-deen")
    elif system == 2:
        text = _replaced(text, "u ou|ū ou|sh ch|jj j|j dj|ay ei|mad med|ʿ |q k|al- el-")
    words = [part.capitalize() for part in _plain(text).split()]
    return " ".join(_article(part) for part in words)


def _article(word: str) -> str:
    head, hyphen, tail = word.partition("-")
    return f"{head.lower()}-{tail.capitalize()}" if hyphen and len(head) == 2 else word


def _persian(word: str, *, system: int) -> str:
    """One name by BGN/PCGN without marks (0), in newspapers' English (1), as Dari or Urdu (2)."""
    text = word
    if system == 1:
        text = _replaced(text, "ī i|ū oo|ey ei|pūr pour|zāda zadeh|īā ia|q gh|ow ow")
    elif system == 2:
        text = _replaced(text, "Mo Mu|Eb Ib|Ho Hu|Ḥo Ḥu|ey ai|o u|ow aw|Vaḥ Waḥ|Jav Jaw|zay zai")
    return _plain(text)


def _replaced(text: str, rules: str) -> str:
    for rule in rules.split("|"):
        old, new = rule.split(" ")
        text = text.replace(old, new)
    return text


_WADE_INITIALS = (
    ("zh", "ch"), ("ch", "ch'"), ("q", "ch'"), ("j", "ch"), ("x", "hs"), ("z", "ts"),
    ("c", "ts'"), ("b", "p"), ("p", "p'"), ("d", "t"), ("t", "t'"), ("g", "k"), ("k", "k'"),
    ("r", "j"),
)  # fmt: skip
_WADE_FINALS = {
    "ong": "ung", "ian": "ien", "ie": "ieh", "ue": "ueh", "e": "e", "o": "o", "ui": "ui",
    "i": "i", "uo": "o", "ing": "ing",
}  # fmt: skip


def _wade_giles(syllable: str) -> str:
    """A Pinyin syllable in Wade-Giles without its marks.

    >>> _wade_giles("dong"), _wade_giles("xiao"), _wade_giles("zhang")
    ('tung', 'hsiao', 'chang')
    """
    low = syllable.lower()
    whole = {"zi": "tzu", "ci": "tzu", "si": "ssu", "zhi": "chih", "chi": "chih", "shi": "shih",
             "ri": "jih", "yi": "i", "you": "yu", "yan": "yen", "ye": "yeh", "he": "ho",
             "ge": "ko", "ke": "ko", "guo": "kuo", "er": "erh", "kong": "kung"}  # fmt: skip
    if low in whole:
        roman = whole[low]
    else:
        roman = low
        for pinyin, wade in _WADE_INITIALS:
            if low.startswith(pinyin) and not low.startswith("sh"):
                final = low.removeprefix(pinyin)
                roman = wade + _WADE_FINALS.get(final, final)
                break
        else:
            for end in ("ong", "ian"):
                if low.endswith(end):
                    roman = low.removesuffix(end) + _WADE_FINALS[end]
    roman = roman.replace("'", "")
    return roman.capitalize() if syllable[0].isupper() else roman


def _mccune(syllable: str) -> str:
    """A syllable of the Revised Romanization in McCune-Reischauer without its marks."""
    text = syllable.replace("eo", "o").replace("eu", "u").replace("ae", "ae")
    if text.startswith("ch"):
        return text
    first = {"g": "k", "d": "t", "b": "p", "j": "ch"}.get(text[0], text[0])
    return first + text[1:]


_CUSTOMARY = {
    "Kim": "Gim", "Lee": "Yi", "Park": "Pak", "Choi": "Choe", "Jung": "Chung", "Kang": "Gang",
    "Cho": "Jo", "Yoon": "Yun", "Lim": "Im", "Shin": "Sin", "Seo": "Suh", "Kwon": "Gwon",
    "Ahn": "An", "Ryu": "Yoo", "Baek": "Paek", "Moon": "Mun", "Bae": "Pae",
}  # fmt: skip


# ------------------------------------------------------------------------- traditions


@dataclass(frozen=True)
class Named:
    """A person's name: `full`, as a careful paper writes it, and other forms in use.

    `drawn` are given and family name as the lists have them: two people of the same are homonyms.
    """

    full: str
    forms: tuple[str, ...]
    surname: str
    drawn: tuple[str, str]


def _lists(pair: tuple[str, str], half: int) -> tuple[list[str], list[str]]:
    """Given names, and the family names of one half: no full name stands in both."""
    given, family = (part.split() for part in pair)
    return given, family[half::2]


def _unique(full: str, forms: Sequence[str]) -> tuple[str, ...]:
    return tuple(form for form in dict.fromkeys(forms) if form != full)


def english(rng: Random, half: int) -> Named:
    """Middle initials and names, bare initials, pet names."""
    given, family = _lists(ENGLISH, half)
    first, middle, last = rng.choice(given), rng.choice(given), rng.choice(family)
    full = f"{first} {middle[0]}. {last}" if rng.random() < 0.5 else f"{first} {last}"
    forms = [f"{first} {last}", f"{first} {middle} {last}"] if "." in full else []
    if rng.random() < 0.4 and first in PET_NAMES:
        forms.append(f"{PET_NAMES[first]} {last}")
    if rng.random() < 0.25:
        forms.append(f"{first[0]}. {middle[0]}. {last}" if "." in full else f"{first[0]}. {last}")
    return Named(full, _unique(full, forms), last, (first, last))


def spanish(rng: Random, half: int) -> Named:
    """Two surnames or one, with accents or without."""
    given, family = _lists(SPANISH, half)
    first, one, other = rng.choice(given), rng.choice(family), rng.choice(family)
    full = f"{first} {one} {other}" if rng.random() < 0.6 else f"{first} {one}"
    return Named(
        full,
        _unique(full, [f"{first} {one}", _plain(full), _plain(f"{first} {one}")]),
        one,
        (first, one),
    )


def _slavic(pair: tuple[str, str], table: dict[str, str]) -> Callable[[Random, int], Named]:
    def draw(rng: Random, half: int) -> Named:
        given, family = _lists(pair, half)
        first, last = rng.choice(given), rng.choice(family)
        written = [
            " ".join(_cyrillic(word, table, rng, system=system) for word in (first, last))
            for system in (0, 1, 2, 0)
        ]
        return Named(
            written[0], _unique(written[0], written[1:]), written[0].split()[-1], (first, last)
        )

    return draw


def _by_system(
    pair: tuple[str, str], romanise: Callable[..., str], *, spare_first: bool
) -> Callable[[Random, int], Named]:
    def draw(rng: Random, half: int) -> Named:
        given, family = _lists(pair, half)
        words = [rng.choice(given), rng.choice(family)]
        if rng.random() < 0.25:
            words.insert(1, rng.choice(given))
        written = [
            " ".join(romanise(word, system=system) for word in words) for system in (0, 1, 2)
        ]
        forms = written[1:]
        if spare_first and len(words) == 3:  # a middle name falls away
            forms.append(" ".join(romanise(word, system=0) for word in (words[0], words[2])))
        family_name = romanise(words[-1], system=0)
        return Named(written[0], _unique(written[0], forms), family_name, (words[0], words[-1]))

    return draw


def chinese(rng: Random, half: int) -> Named:
    """Pinyin in either order, Wade-Giles."""
    first, second, family = (part.split() for part in CHINESE)
    syllables, last = (rng.choice(first), rng.choice(second)), rng.choice(family[half::2])
    solid = "".join(syllables).capitalize()
    wade = "-".join(map(_wade_giles, syllables)).capitalize()
    full = f"{last} {solid}"
    forms = [f"{solid} {last}", f"{_wade_giles(last)} {wade}"]
    return Named(full, _unique(full, forms[: rng.choice((0, 1, 1, 2))]), last, (solid, last))


def korean(rng: Random, half: int) -> Named:
    """Hyphenated, solid or in two words, in either order, McCune-Reischauer."""
    first, second, family = (part.split() for part in KOREAN)
    syllables, last = (rng.choice(first), rng.choice(second)), rng.choice(family[half::2])
    revised = "-".join(syllables).capitalize()
    mccune = "-".join(map(_mccune, syllables)).capitalize()
    full = f"{last} {revised}"
    forms = [
        f"{last} {''.join(syllables).capitalize()}",
        f"{revised} {last}",
        f"{_CUSTOMARY.get(last, last)} {mccune}",
        f"{last} {' '.join(part.capitalize() for part in syllables)}",
    ]
    return Named(full, _unique(full, rng.sample(forms, 2)), last, (revised, last))


def turkish(rng: Random, half: int) -> Named:
    """With its letters and without."""
    given, family = _lists(TURKISH, half)
    first, last = rng.choice(given), rng.choice(family)
    full = f"{first} {last}"
    return Named(full, _unique(full, [_plain(full)]), last, (first, last))


def indian(rng: Random, half: int) -> Named:
    """A father's initial, and doublets of romanisation."""
    given, family = _lists(INDIAN, half)
    first, last = rng.choice(given), rng.choice(family)
    full = f"{first} {last}"
    rules = ("ksh x", "v w", "ee i", "au ow", "aud owdh", "garw ggarw", "sh s", "jee ji", "dwi dvi")
    forms = [_replaced(full, rule) for rule in rng.sample(rules, 4)]
    initial = f"{rng.choice('ABKMPRSV')}. "
    forms += [initial + full] if rng.random() < 0.3 else []
    return Named(full, _unique(full, forms), last, (first, last))


def african(rng: Random, half: int) -> Named:
    """With marks and without, in French and English spelling."""
    given, family = _lists(AFRICAN, half)
    first, last = rng.choice(given), rng.choice(family)
    full = f"{first} {last}"
    forms = [_plain(full), _plain(full).replace("-", " ")]
    forms.append(_replaced(_plain(full), "Ou Wu|ou u|Cheikh Sheikh"))
    return Named(full, _unique(full, forms[: rng.choice((1, 2, 3))]), last, (first, last))


TRADITIONS: dict[str, tuple[Callable[[Random, int], Named], tuple[str, ...]]] = {
    "English": (english, ("GB", "US", "AU", "CA", "IE", "NZ")),
    "Spanish": (spanish, ("ES", "MX", "AR", "CO", "CL", "PE")),
    "Russian": (_slavic(RUSSIAN, _BGN_RUSSIAN), ("RU", "KZ", "BY")),
    "Ukrainian": (_slavic(UKRAINIAN, _UKRAINIAN), ("UA", "CA", "PL")),
    "Arabic": (_by_system(ARABIC, _arabic, spare_first=True), ("EG", "IQ", "SA", "MA", "SY")),
    "Persian": (_by_system(PERSIAN, _persian, spare_first=True), ("IR", "AF", "PK", "TJ")),
    "Chinese": (chinese, ("CN", "TW", "SG", "MY")),
    "Korean": (korean, ("KR", "KP", "US")),
    "Turkish": (turkish, ("TR", "DE", "CY")),
    "Indian": (indian, ("IN", "GB", "SG", "ZA")),
    "African": (african, ("NG", "GH", "SN", "ML", "KE", "ZA", "FR")),
}
"""How a name is drawn in each tradition, and countries (ISO 3166-1) where its bearers live."""
