* Encoding: UTF-8.
GET DATA /TYPE=TXT /FILE='codes.csv' /ENCODING='UTF8'
  /DELIMITERS=',' /QUALIFIER='"' /ARRANGEMENT=DELIMITED /FIRSTCASE=2 /VARIABLES=
  person A254
  department A254
  submitted A254
  fair F5.0
  to_ A60
  uses.plan F5.0
  uses.other F5.0
  uses__other A800
  order.yes F5.0
  order.no F5.0
  rate F5.0
  years F16.4
  since A240
  said A800
  row1 F5.0
  sum A240
  .
VARIABLE LABELS
  person 'Who answered'
  department 'Department'
  submitted 'When it was handed in'
  fair 'Is it fair, <all> in all & for “you”?'
  to_ 'It''s yours?'
  uses.plan '日本語 – =Plan'
  uses.other '日本語 – Else'
  uses__other '日本語 – Else'
  order.yes 'Order – Yes, “always”'
  order.no 'Order – No; never'
  rate '0 to 10'
  years 'Years'
  since 'Since'
  said 'Say'
  row1 'Row one'
  sum ''
  .
VALUE LABELS fair
  1 'Stimme nicht zu'
  2 'Stimme zu, völlig'
  -9997 'Not asked'
  -9998 'Don’t know'
  .
MISSING VALUES fair (-9997, -9998).
VALUE LABELS to_
  'yes' 'Yes, “always”'
  'no' 'No; never'
  '-9997' 'Not asked'
  .
VALUE LABELS uses.plan
  0 'Not chosen'
  1 'Chosen'
  -9997 'Not asked'
  .
MISSING VALUES uses.plan (-9997).
VALUE LABELS uses.other
  0 'Not chosen'
  1 'Chosen'
  -9997 'Not asked'
  .
MISSING VALUES uses.other (-9997).
VALUE LABELS uses__other
  '-9997' 'Not asked'
  .
VALUE LABELS order.yes
  -9997 'Not asked'
  .
MISSING VALUES order.yes (-9997).
VALUE LABELS order.no
  -9997 'Not asked'
  .
MISSING VALUES order.no (-9997).
VALUE LABELS rate
  -9997 'Not asked'
  .
MISSING VALUES rate (-9997).
VALUE LABELS years
  -9997 'Not asked'
  .
MISSING VALUES years (-9997).
VALUE LABELS since
  '-9997' 'Not asked'
  .
VALUE LABELS said
  '-9997' 'Not asked'
  .
VALUE LABELS row1
  1 'Stimme nicht zu'
  2 'Stimme zu, völlig'
  -9997 'Not asked'
  .
MISSING VALUES row1 (-9997).
VALUE LABELS sum
  '-9997' 'Not asked'
  .
EXECUTE.
