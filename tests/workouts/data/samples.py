"""A file of each app, in each form that it has had, with invented rows."""

import json

STRONG_ROWS = (
    '2024-03-01 18:05:00,"Pull",1h 5m,"Bent Over Row (Barbell)",W,40,10,0,0,"belt",slept badly,\n'
    '2024-03-01 18:05:00,"Pull",1h 5m,"Bent Over Row (Barbell)",1,62.5,8,0,0,"",slept badly,8\n'
    '2024-03-01 18:05:00,"Pull",1h 5m,"Bent Over Row (Barbell)",Rest Timer,0,0,0,120,"",,\n'
    '2024-03-01 18:05:00,"Pull",1h 5m,"Pull Up",1,0,8,0,0,"",slept badly,\n'
    '2024-03-01 18:05:00,"Pull",1h 5m,"Pull Up",2,10,5,0,0,"",slept badly,\n'
    '2024-03-03 07:00:00,"Push 💪",40m,"Mystery Press",1,12.900000000000034,8,0,0,"a ""b""",,9.5\n'
    '2024-03-03 07:00:00,"Push 💪",40m,"Plank",1,0,0,0,75.0,"","",\n'
)

SAMPLES = {
    "Strong, classic": (
        "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,"
        "Workout Notes,RPE\n" + STRONG_ROWS
    ),
    "Strong, 2016": (
        "Date,Workout Name,Exercise Name,Set Order,kg,Reps,km,Seconds,Notes\r\n"
        "2016-03-01 18:05:00,Pull,Bent Over Row (Barbell),0,62.5,8,0,0,\r\n"
        "2016-03-01 18:05:00,Pull,Carry,1,32,0,0.04,0,slow\r\n"
    ),
    "Strong, Android": (
        "Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Distance;"
        "Distance Unit;Seconds;Notes;Workout Notes;Workout Duration\n"
        "2022-03-01 18:05:00;Pull;Row;1;60;kg;8;;;;0;;;1h\n"
        "2022-03-01 18:05:00;Pull;Row;2;135;lbs;8;;0.5;miles;0;;good;1h\n"
    ),
    "Strong, current": (
        '"Workout #";"Date";"Workout Name";"Duration (sec)";"Exercise Name";"Set Order";'
        '"Weight (kg)";"Reps";"RPE";"Distance (meters)";"Seconds";"Notes";"Workout Notes"\n'
        '"12";"2025-03-01 18:05:00";"Pull";"3900";"Carry";"1";"32";"";"8";"40";"";"";""\n'
        '"12";"2025-03-01 18:05:00";"Pull";"3900";"Carry";"Note";"";"";"";"";"";"grip";""\n'
    ),
    "Strong, German": (
        "Datum,Workout-Name,Dauer,Name der Übung,Reihenfolge festlegen,Gewicht,Wiederh.,"
        "Entfernung,Sekunden,Notizen,Workout-Notizen,RPE\n"
        "2024-03-01 18:05:00,Rücken,57m,Rudern,1,50.0,10,0,0,,gut,\n"
        "2024-03-01 18:05:00,Rücken,57m,Rudern,Ruhezeit,0,0,0,90,,,\n"
    ),
    "Hevy": (
        '"title","start_time","end_time","description","exercise_title","superset_id",'
        '"exercise_notes","set_index","set_type","weight_kg","reps","distance_km",'
        '"duration_seconds","rpe"\n'
        '"Pull 💪","15 Sep 2025, 07:48","15 Sep 2025, 09:13","easy\\nweek","Seated Row",0,"",0,'
        '"warmup",39,10,,0,6\n'
        '"Pull 💪","15 Sep 2025, 07:48","15 Sep 2025, 09:13","easy\\nweek","Pull Up",0,"",0,'
        '"failure",,10,,0,9.5\n'
        '"Run","Sep 14, 2025, 7:48 PM","Sep 14, 2025, 8:10 PM","","Carry",,"two\nlines",0,'
        '"dropset",60,,0.5,60,\n'
    ),
    "FitNotes, Android": (
        "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment\n"
        "2024-03-01,Barbell Row,Back,60.0,kgs,8,,,,\n"
        "2024-03-01,Row, one arm,Back,135.0,lbs,8,,,,felt good\n"
        "3/4/2024,Plank,Abs,,,,,,0:01:15,\n"
    ),
    "FitNotes, iOS": (
        "Name,StartTime,EndTime,BodyWeight,Exercise,Equipment,Reps,Weight,Time,Distance,Status,"
        "IsWarmup,RPE,RIR,Categories,Note\n"
        'Pull,2025-02-23T18:13:53Z,2025-02-23T19:08:47Z,"94,0",Row,Barbell,8,"62,5",,,Done,'
        "true,,2,Back,\n"
        'Pull,2025-02-23T18:13:53Z,2025-02-23T19:08:47Z,"94,0",Row,Barbell,5,"62,5",,,Failed,'
        "false,,,Back,hard\n"
        'Pull,2025-02-23T18:13:53Z,2025-02-23T19:08:47Z,"94,0",Row,,5,"62,5",,,NotStarted,'
        "false,,,Back,\n"
    ),
    "StrongLifts": (
        "\ufeffDate (yyyy/mm/dd),Workout,Workout Name,Program Name,Body Weight (KG),Exercise,"
        "Sets×Reps,Duration (hours),Start Time (h:mm),End Time (h:mm),Notes,Set 1 (Reps),"
        "Set 1 (KG),Set 2 (Reps),Set 2 (KG)\n"
        '2024/03/01,1,"Workout A","5×5",83.5,"Barbell Row",5/5,0.5,10:56 PM,11:26 PM,"belt",5,60,'
        "5,60\n"
        '2024/03/01,1,"Workout A","5×5",83.5,"Squat",-,0.5,10:56 PM,,"",0,60,,\n'
    ),
    "Jefit": (
        "### SETTING ##########################################\n\n"
        "row_id,USERID,mass\n1,1,lbs\n\n"
        "######################################################\n\n"
        "### WORKOUT SESSIONS ###\n"
        "_id,mydate,starttime,total_time\n101,2024-03-01,1709316300,3900\n"
        "###########################\n\n"
        "### EXERCISE LOGS ####################################\n\n"
        "USERID,belongsession,ename,logs,mydate,logTime\n"
        '1,101,"Barbell Row","135x8,135x7",2024-03-01,1709316400\n'
        '1,101,"Pull Up","0x12",2024-03-01,1709316500\n'
        '1,0,"Odd","1:30",2024-03-05,1709656400\n'
        "######################################################\n"
    ),
    "Fitbod": (
        "\nDate,Exercise,Reps,Weight(kg),Duration(s),Distance(m),Incline,Resistance,isWarmup,Note,"
        "multiplier\n"
        "2024-03-01 18:05:00 +0100,Row,8,45.359237,0.0,0.0,0.0,0.0,false,,1.0\n"
        "2024-03-01 18:09:00 +0100,Plank,0,0.0,60.0,0.0,0.0,0.0,true,light,1.0\n"
    ),
    "Table": (
        "date,time,time zone,workout,minutes,workout notes,superset,entry,exercise,exercise notes,"
        "set,kind,side,weight,unit,reps,seconds,metres,rpe\n"
        "2024-03-01,18:05,Europe/Berlin,Pull,65,'=tired,A,1,Dumbbell row,'-strict,1,warm-up,left,"
        "62.5,kg,8,,,8.5\n"
        "2024-03-01,18:05,Europe/Berlin,Pull,65,'=tired,A,2,Farmer's walk,,1,working,both,32,kg,,"
        "30,40,\n"
    ),
    "Plain table": "Date;Exercise;Weight;Reps\n1.3.2024;Rudern;62,5;8\n3.4.2024;Plank;;60\n",
    "Notebook": (
        "Time zone: Europe/Berlin\n\n2024-03-01 18:05 Pull\n> 65 min\n> slept badly\n"
        "Pull-up: 8, 8, 6\n> strict\nBent-over barbell row: 60 kg x 8, 62.5 kg x 8 @9\n\n"
        "2024-03-03 07:00\nPlank: 60 s\n"
    ),
    "Somebody's notebook": (
        "1 March\nrow 60x8x3\npullups 8 8 6\n\nMarch 3\nplank 1:30\nsome remark\nbench 5x5\n"
    ),
    "wger": json.dumps(
        {
            "exercises": [{"id": 73, "name": "Row"}, {"id": 91, "name": "Plank"}],
            "workoutlog": [
                {
                    "date": "2024-03-01",
                    "exercise": 73,
                    "repetitions": "8.00",
                    "repetitions_unit": 1,
                    "weight": "60.00",
                    "weight_unit": 1,
                    "rir": "2.0",
                    "notes": "belt",
                },
                {
                    "date": "2024-03-03T18:00:00Z",
                    "exercise": {"id": 91, "name": "Plank"},
                    "reps": 90,
                    "repetition_unit": {"id": 3},
                    "weight": None,
                    "weight_unit": 3,
                },
            ],
        }
    ),
    "Backtrain": json.dumps(
        {
            "format": "backtrain",
            "version": 1,
            "settings": {
                "unit": "lb",
                "time_zone": "Europe/Berlin",
                "week_start": 7,
                "equipment": ["barbell"],
                "bars": [{"unit": "kg", "weight": "20"}],
                "plates": [{"unit": "kg", "weight": "2.5", "count": 4}],
            },
            "goal": {"weight": "78.5", "unit": "kg"},
            "own_exercises": [
                {
                    "name": "Zercher carry",
                    "status": "archived",
                    "load_type": "weighted_duration",
                    "implements": 2,
                    "implements_one_side": 1,
                    "bodyweight_fraction": None,
                    "pattern": "carry",
                    "primary": ["biceps"],
                    "secondary": [],
                    "equipment": [],
                    "aliases": ["zercher"],
                    "steps": ["Hug it.", "Walk."],
                },
                {"name": "Typewriter", "load_type": "bodyweight", "bodyweight_fraction": "0.95"},
            ],
            "own_names": [{"name": "Ruderer", "exercise": "Bent-over barbell row"}],
            "routines": [
                {"name": "Pull day", "weekdays": "14", "text": "Pull-up: 3 x 5-8 @8, rest 120 s\n"}
            ],
            "favourites": ["Plank"],
            "body_weights": [{"on": "2024-02-01", "weight": "80.5", "unit": "kg"}],
            "workouts": [
                {
                    "id": "0b1f6a5c-7c4f-4b7a-9d55-6a3f0d3f6f10",
                    "day": "2024-03-01",
                    "started_at": "2024-03-01T17:05:00Z",
                    "time_zone": "Europe/Berlin",
                    "title": "Pull",
                    "minutes": 65,
                    "notes": "slept badly",
                    "source": "typed",
                    "weighed_on": "2024-02-01",
                    "routine": "Pull day",
                    "plan": "Pull-up: 3 x 5-8 @8",
                    "entries": [
                        {
                            "exercise": "Zercher carry",
                            "superset": "A",
                            "notes": "",
                            "imported_name": "Carry",
                            "sets": [
                                {
                                    "kind": "working",
                                    "side": "both",
                                    "weight": "32.5",
                                    "unit": "kg",
                                    "reps": None,
                                    "seconds": None,
                                    "metres": "40",
                                    "rpe": "8.5",
                                }
                            ],
                        },
                        {"exercise": "Pull-up", "superset": "A", "sets": [{"reps": 8}]},
                    ],
                }
            ],
        }
    ),
}
